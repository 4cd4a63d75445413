package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes joins. */
final class Joins {

    private final Scans scans;
    private final SourceTranslator sources;
    private final Scope scope;
    private final ExpressionTranslator expressions;

    Joins(Scans scans, SourceTranslator sources, Scope scope, ExpressionTranslator expressions) {
        this.scans = scans;
        this.sources = sources;
        this.scope = scope;
        this.expressions = expressions;
    }

    String translate(Query.Join join) {
        int from = scope.columns().size();
        String left = sources.translate(join.left());
        requireCondition(join);
        int middle = scope.columns().size();
        int before = scope.sources().size();
        String right = sources.translate(join.right());
        String grouped = join.right() instanceof Query.Join ? "(" + right + ")" : right;
        if (!join.using().isEmpty()) {
            String condition = using(join, from, middle);
            return "%s %s JOIN %s ON %s".formatted(left, join.kind(), grouped, condition);
        }
        @Nullable Expression on = join.on();
        if (on == null) {
            return join.kind().equals("LEFT")
                    ? "%s LEFT JOIN LATERAL %s ON TRUE".formatted(left, grouped)
                    : "%s CROSS JOIN %s".formatted(left, grouped);
        }
        Typed condition = expressions.bool(on);
        if (condition.aggregate() || condition.window()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Aggregate function not allowed in JOIN ON clause at "
                            + on.at().place());
        }
        scans.filter(scope, sides(join.kind(), before), on);
        String lateral = sources.isArray(join.right()) ? "LATERAL " : "";
        return "%s %s JOIN %s%s ON %s".formatted(left, join.kind(), lateral, grouped, condition.sql());
    }

    /** An outer join with the elements of an array, which may depend on the other side. */
    private void requireCondition(Query.Join join) {
        boolean array = sources.isArray(join.right());
        if (join.on() == null && join.using().isEmpty() && !join.kind().equals("CROSS") && !array) {
            throw SqlRefused.syntax("Expected keyword ON or keyword USING", join.at());
        }
        boolean kept = join.kind().equals("RIGHT") || join.kind().equals("FULL");
        if (kept && array && !(join.right() instanceof Query.Unnest)) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Array scan is not allowed with %s JOIN at %s"
                            .formatted(join.kind(), join.at().place()));
        }
    }

    /** Rows of an outer side stay, whatever the condition says. */
    private Scans.Sides sides(String kind, int before) {
        Set<String> left = aliases(scope.sources().subList(0, before));
        Set<String> right =
                aliases(scope.sources().subList(before, scope.sources().size()));
        return switch (kind) {
            case "LEFT" -> new Scans.Sides(right);
            case "RIGHT" -> new Scans.Sides(left);
            case "FULL" -> new Scans.Sides(Set.of());
            default -> Scans.Sides.ALL;
        };
    }

    private static Set<String> aliases(List<RangeVariable> sources) {
        return sources.stream()
                .flatMap(source -> source.fields().stream())
                .map(field -> field.sql().substring(0, Math.max(0, field.sql().indexOf('.'))))
                .collect(Collectors.toSet());
    }

    /** The condition, after which the scope has the columns of both sides once. */
    private String using(Query.Join join, int from, int middle) {
        List<Scope.Field> lefts = scope.columns().subList(from, middle);
        List<Scope.Field> rights =
                scope.columns().subList(middle, scope.columns().size());
        List<String> conditions = new ArrayList<>();
        List<Scope.Field> merged = new ArrayList<>();
        for (Token name : join.using()) {
            Typed left = column(lefts, name, "left");
            Typed right = column(rights, name, "right");
            conditions.add(Comparisons.compare(name.symbol("="), left, right).sql());
            merged.add(merged(join.kind(), name, left, right));
        }
        scope.merge(from, merged);
        return String.join(" AND ", conditions);
    }

    private static Scope.Field merged(String kind, Token name, Typed left, Typed right) {
        Typed value = switch (kind) {
            case "RIGHT" -> right;
            case "FULL" ->
                Typed.coalesced(
                        Coercions.common(name, List.of(left, right)), Coercions.toCommon(name, List.of(left, right)));
            default -> left;
        };
        return new Scope.Field(name.value(), value.sql(), value.type());
    }

    private static Typed column(List<Scope.Field> columns, Token name, String side) {
        List<Scope.Field> found = columns.stream()
                .filter(field -> name.value().equalsIgnoreCase(field.name()))
                .toList();
        if (found.size() != 1) {
            String fault = found.isEmpty() ? "not found" : "is ambiguous";
            throw new SqlRefused(
                    "invalidQuery",
                    "Column %s in USING clause %s on %s side of join at %s"
                            .formatted(name.value(), fault, side, name.place()));
        }
        return found.get(0).typed(name);
    }
}
