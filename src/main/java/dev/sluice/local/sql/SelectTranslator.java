package dev.sluice.local.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes one SELECT. */
final class SelectTranslator {

    private final Scans scans;
    private final int readsBefore;
    private final Query.Select select;
    private final Scope scope;
    private final BranchedSubquery branched;
    private final SourceTranslator sources;
    private final ExpressionTranslator expressions;
    private final SelectListTranslator list;

    SelectTranslator(Translation translation, QueryTranslator queries, Query.Select select, @Nullable Scope parent) {
        this.scans = translation.scans();
        this.readsBefore = scans.reads();
        this.select = select;
        this.scope = new Scope(parent);
        this.expressions = new ExpressionTranslator(translation, queries, scope);
        this.branched =
                new BranchedSubquery(scope, parent != null && AllRows.areAggregated(select), translation.alias());
        this.sources = new SourceTranslator(translation, queries, scope, expressions, branched);
        this.list = new SelectListTranslator(select.items(), scope, expressions);
    }

    TranslatedQuery translate(List<Query.Ordering> order, boolean named) {
        Query.Source from = select.from();
        if (from == null) {
            Fromless.require(select, order);
        }
        String source = from == null ? "" : " FROM " + sources.translate(from);
        expressions.windows(select.windows());
        @Nullable Typed where = where();
        SelectList selected = list.translate(Set.of());
        Recursion.requireSingleRows(scope, select, selected);
        if (from == null && selected.hasAggregates()) {
            throw SqlRefused.wrong("Aggregate function not allowed in SELECT without FROM clause", select.at());
        }
        Groups groups = group(selected);
        boolean grouped = !groups.isEmpty() || selected.hasAggregates();
        selected = grouped ? grouped(selected, groups) : selected;
        String having = having(selected, grouped);
        if (select.distinct()) {
            selected.requireDistinct();
        }
        String qualify = qualify(selected, grouped);
        String ordered = ordered(selected, order, grouped);
        String groupsKept = expressions.eagerAggregates().before(having, selected);
        String rowsKept = keyword(" QUALIFY ", expressions.eagerWindows().before(qualify, selected));
        boolean reads = scans.reads() > readsBefore;
        String rowsRead = branched.filter(where, reads);
        groupsKept = branched.groups(groupsKept, reads);
        String rows = source + rowsRead + groups.sql() + groups.having(groupsKept) + rowsKept;
        SelectList shown = shown(selected, named);
        boolean chosen = select.qualify() != null || selected.hasWindows() || groups.hasSets();
        List<OutputColumn> columns = shown.columns(scans, chosen);
        String sql = head(shown, OutputNames.of(columns, named), named) + rows + ordered;
        boolean value = !named && !select.as().isEmpty();
        return new TranslatedQuery(branched.around(sql), columns, Set.copyOf(scope.outer()), value);
    }

    private String head(SelectList selected, List<String> names, boolean named) {
        List<Typed> values = selected.values();
        List<Typed> written = named ? values.stream().map(Coercions::writable).toList() : values;
        return (select.distinct() ? "SELECT DISTINCT " : "SELECT ") + OutputNames.list(written, names);
    }

    /** The list again, now that columns are read group by group. */
    private SelectList grouped(SelectList before, Groups groups) {
        SelectList selected = list.translate(groups.keys()).withKeys(before, groups.whole());
        selected.items().forEach(item -> Groups.require(inside(item.value()), item.at(), "SELECT list"));
        return selected;
    }

    private String ordered(SelectList selected, List<Query.Ordering> order, boolean grouped) {
        expressions.know(selected.aliases());
        List<Typed> values = selected.values().stream().map(this::inside).toList();
        return new Orderings(expressions, values).sql(order, grouped);
    }

    /** The rows of the outermost query have a value's fields as columns. */
    private SelectList shown(SelectList selected, boolean outermost) {
        if (select.as().equals("VALUE")) {
            selected.requireOne(select.at());
            return outermost ? selected.fields() : selected;
        }
        return select.as().equals("STRUCT") && !outermost ? selected.struct(select.at()) : selected;
    }

    private String qualify(SelectList selected, boolean grouped) {
        @Nullable Expression qualify = select.qualify();
        if (qualify == null) {
            return "";
        }
        expressions.know(selected.aliases());
        Typed condition = expressions.bool(qualify);
        expressions.know(Map.of());
        if (!condition.window() && !selected.hasWindows()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "The QUALIFY clause requires analytic function to be present in the QUALIFY clause or the SELECT"
                            + " list at " + qualify.at().place());
        }
        if (grouped) {
            Groups.require(inside(condition), qualify.at(), "QUALIFY");
        }
        return condition.sql();
    }

    private static String keyword(String keyword, String condition) {
        return condition.isEmpty() ? "" : keyword + condition;
    }

    private @Nullable Typed where() {
        @Nullable Expression where = select.where();
        if (where == null) {
            return null;
        }
        Typed condition = expressions.bool(where);
        if (condition.aggregate() || condition.window()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Aggregate and analytic functions are not allowed in WHERE clause at "
                            + where.at().place());
        }
        scans.filter(scope, Scans.Sides.ALL, where);
        return scope.isFallible() ? Folding.kept(condition) : condition;
    }

    private Groups group(SelectList selected) {
        Groups groups = Groups.of(select.groupBy(), expressions, selected, scope.outer());
        expressions.groupBy(groups.read());
        return groups;
    }

    private String having(SelectList selected, boolean grouped) {
        @Nullable Expression having = select.having();
        if (having == null) {
            return "";
        }
        if (!grouped) {
            throw new SqlRefused(
                    "invalidQuery",
                    "The HAVING clause only allows aggregation if GROUP BY or SELECT list aggregation is present at "
                            + having.at().place());
        }
        expressions.know(selected.aliases());
        Typed condition = expressions.bool(having);
        expressions.know(Map.of());
        Groups.require(inside(condition), having.at(), "HAVING");
        return condition.sql();
    }

    /** Columns from further out are the same for the whole group. */
    private Typed inside(Typed value) {
        return value.without(scope.outer());
    }
}
