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
        String left = sources.translate(join.left());
        if (!join.using().isEmpty()) {
            return using(join, left);
        }
        int before = scope.sources().size();
        String right = sources.translate(join.right());
        String grouped = join.right() instanceof Query.Join ? "(" + right + ")" : right;
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
        String lateral = join.right() instanceof Query.Unnest ? "LATERAL " : "";
        return "%s %s JOIN %s%s ON %s".formatted(left, join.kind(), lateral, grouped, condition.sql());
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

    private String using(Query.Join join, String left) {
        if (join.right() instanceof Query.Join) {
            throw SqlRefused.unsupported("USING with a join in parentheses", join.at());
        }
        List<Typed> lefts = new ArrayList<>();
        join.using().forEach(name -> lefts.add(column(name)));
        String right = sources.translate(join.right());
        RangeVariable last = scope.sources().get(scope.sources().size() - 1);
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < lefts.size(); i++) {
            Token name = join.using().get(i);
            Typed other = column(last, name);
            Token equal = new Token(Token.Kind.SYMBOL, "=", "=", name.line(), name.column());
            conditions.add(Comparisons.compare(equal, lefts.get(i), other).sql());
            scope.merge(merged(join.kind(), name, lefts.get(i), other));
        }
        return "%s %s JOIN %s ON %s".formatted(left, join.kind(), right, String.join(" AND ", conditions));
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

    private Typed column(Token name) {
        return scope.resolve(new Expression.Name(List.of(name))).orElseThrow(() -> missing(name, "left"));
    }

    private static Typed column(RangeVariable source, Token name) {
        return source.fields().stream()
                .filter(field -> name.value().equalsIgnoreCase(field.name()))
                .findFirst()
                .orElseThrow(() -> missing(name, "right"))
                .typed(name);
    }

    private static SqlRefused missing(Token name, String side) {
        return new SqlRefused(
                "invalidQuery",
                "Column %s in USING clause not found on %s side of join at %s"
                        .formatted(name.value(), side, name.place()));
    }
}
