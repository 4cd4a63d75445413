package dev.sluice.local.sql;

import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes UNPIVOT: a row for each of the columns, one after the other. */
final class Unpivots {

    private final Translation translation;
    private final Scope inner;
    private final SourceTranslator sources;

    Unpivots(Translation translation, QueryTranslator queries, Scope scope) {
        this.translation = translation;
        this.inner = new Scope(scope.parent());
        this.sources = new SourceTranslator(
                translation, queries, inner, new ExpressionTranslator(translation, queries, inner));
    }

    TranslatedQuery translate(Query.Unpivoted unpivoted) {
        String from = sources.translate(unpivoted.source());
        Set<String> turned = new HashSet<>();
        List<Typed> rows = new ArrayList<>();
        for (Query.Unpivot columns : unpivoted.columns()) {
            rows.add(row(columns, turned));
        }
        requireAlike(unpivoted, rows);
        String alias = translation.alias();
        List<Typed> before = new ArrayList<>();
        List<SelectList.Item> items = new ArrayList<>();
        for (Field field : inner.columns()) {
            if (!turned.contains(field.sql())) {
                Typed value = field.typed(unpivoted.at());
                before.add(value);
                items.add(item(unpivoted.at(), field.name(), column(value.type(), alias, before)));
            }
        }
        before.add(Arrays.of(rows.get(0).type(), rows));
        Typed row = column(rows.get(0).type(), alias, before);
        for (int i = 0; i < unpivoted.values().size(); i++) {
            items.add(item(unpivoted.at(), unpivoted.values().get(i).value(), Structs.at(row, i)));
        }
        int last = row.type().parts().size() - 1;
        items.add(item(unpivoted.at(), unpivoted.name().value(), Structs.at(row, last)));
        var list = new SelectList(items);
        List<OutputColumn> columns = list.columns(translation.scans(), true);
        String sql = "SELECT %s FROM (SELECT %s FROM %s) AS %s%s"
                .formatted(
                        OutputNames.list(list.values(), OutputNames.of(columns, false)),
                        unnested(before),
                        from,
                        alias,
                        unpivoted.nulls() ? "" : some(row, last));
        return new TranslatedQuery(sql, columns, Set.copyOf(inner.outer()));
    }

    private static SelectList.Item item(Token at, @Nullable String name, Typed value) {
        return new SelectList.Item(at, name, value);
    }

    private static Typed column(Type type, String alias, List<Typed> before) {
        return Typed.column(type, alias + ".c" + before.size());
    }

    /** The last becomes rows. */
    private static String unnested(List<Typed> values) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String text = values.get(i).sql();
            texts.add((i + 1 < values.size() ? text : "unnest(" + text + ")") + " AS c" + (i + 1));
        }
        return String.join(", ", texts);
    }

    private static String some(Typed row, int count) {
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            conditions.add(Structs.at(row, i).sql() + " IS NOT NULL");
        }
        return " WHERE " + String.join(" OR ", conditions);
    }

    /** The values and their label. */
    private Typed row(Query.Unpivot columns, Set<String> turned) {
        List<String> names = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < columns.columns().size(); i++) {
            Field field = column(columns.columns().get(i));
            turned.add(field.sql());
            values.add(field.typed(columns.columns().get(i).at()));
            names.add("v" + i);
        }
        Expression.Constant label = columns.label();
        values.add(
                label == null
                        ? Typed.text(columns.columns().stream()
                                .map(Expression.Name::impliedName)
                                .collect(Collectors.joining("_")))
                        : Literals.constant(label));
        names.add("label");
        return Structs.of(new ArrayList<>(names), values);
    }

    private Field column(Expression.Name name) {
        Token at = name.at();
        boolean known = name.parts().size() == 1 || inner.has(at.value());
        List<Field> found = inner.columns().stream()
                .filter(field -> known && name.impliedName().equalsIgnoreCase(field.name()))
                .toList();
        if (found.isEmpty()) {
            throw new SqlRefused("invalidQuery", "Unrecognized name: %s at %s".formatted(at.value(), at.place()));
        }
        return Scope.only(found, at);
    }

    private static void requireAlike(Query.Unpivoted unpivoted, List<Typed> rows) {
        for (Typed row : rows) {
            if (!row.type().equals(rows.get(0).type())) {
                throw new SqlRefused(
                        "invalidQuery",
                        "The datatype of a column does not match with other datatypes in the IN clause of UNPIVOT at "
                                + unpivoted.at().place());
            }
        }
    }
}
