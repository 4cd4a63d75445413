package dev.sluice.local.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions that choose among their arguments. */
final class ConditionalFunctions {

    private static final String CHOICE = "CASE WHEN %s THEN %s ELSE %s END";

    private ConditionalFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "COALESCE" -> coalesce(arguments.require(1, Integer.MAX_VALUE));
            case "IFNULL" -> coalesce(arguments.require(2));
            case "NULLIF" -> nullIf(arguments.require(2));
            case "IF" -> condition(arguments.require(3));
            case "GREATEST", "LEAST" -> extreme(arguments.require(1, Integer.MAX_VALUE));
            case "TYPEOF" -> type(arguments.require(1).typed(0));
            case "ERROR" ->
                arguments
                        .require(1)
                        .text(0)
                        .as(
                                Type.NULL,
                                "CAST(bq_error(coalesce(%s, 'ERROR function called with NULL value')) AS BIGINT)");
            default -> null;
        };
    }

    private static Typed type(Typed value) {
        Typed name = Typed.text(value.type().toString());
        boolean ofRow = !value.aggregate() && !value.window();
        return ofRow
                ? Typed.chosen(Type.STRING, "%2$s", value, name)
                : Typed.of(Type.STRING, "CASE WHEN %1$s IS NULL THEN %2$s ELSE %2$s END", value, name);
    }

    private static Typed coalesce(Arguments arguments) {
        arguments.branch().within(() -> {
            for (int i = 0; i < arguments.count(); i++) {
                arguments.branch().leave(arguments.typed(i).as(Type.BOOL, "(%s IS NOT NULL)"));
            }
            return arguments.count();
        });
        List<Typed> alike = arguments.alike(0);
        return Typed.coalesced(alike.get(0).type(), alike);
    }

    private static Typed nullIf(Arguments arguments) {
        List<Typed> alike = arguments.alike(0);
        Token at = arguments.at();
        ChangingFunctions.requireNone(alike.get(0), at);
        var equal = new Token(Token.Kind.SYMBOL, "=", "=", at.line(), at.column());
        Typed same = Comparisons.compare(equal, alike.get(0), alike.get(1));
        Type type = alike.get(0).type();
        return Typed.chosen(type, CHOICE, Folding.unfolded(same), Typed.given(type, "NULL"), alike.get(0));
    }

    private static Typed condition(Arguments arguments) {
        Typed condition = arguments.to(Type.BOOL, 0);
        Branch branch = arguments.branch();
        branch.where(condition, () -> arguments.typed(1));
        branch.within(() -> {
            branch.leave(condition);
            return arguments.typed(2);
        });
        List<Typed> alike = arguments.alike(1);
        return Typed.chosen(alike.get(0).type(), CHOICE, Folding.unfolded(condition), alike.get(0), alike.get(1));
    }

    /** NULL if any is NULL, which DuckDB would pass over; NaN if any is NaN. */
    private static Typed extreme(Arguments arguments) {
        List<Typed> alike = arguments.alike(0);
        Type type = alike.get(0).type();
        if (!type.isComparable()) {
            throw arguments.unsupported(type.toString());
        }
        var anyNull = new StringBuilder("FALSE");
        var anyNaN = new StringBuilder("FALSE");
        var places = new StringBuilder();
        for (int i = 1; i <= alike.size(); i++) {
            anyNull.append(" OR %").append(i).append("$s IS NULL");
            anyNaN.append(" OR isnan(%").append(i).append("$s)");
            places.append(i == 1 ? "" : ", ").append('%').append(i).append("$s");
        }
        String notANumber = type.equals(Type.FLOAT64) ? " WHEN " + anyNaN + " THEN CAST('nan' AS DOUBLE)" : "";
        String function = arguments.name().toLowerCase(Locale.ROOT);
        return Typed.of(
                type,
                "CASE WHEN %s THEN NULL%s ELSE %s(%s) END".formatted(anyNull, notANumber, function, places),
                alike.toArray(Typed[]::new));
    }
}
