package dev.sluice.local.sql;

import java.util.List;
import java.util.Set;

/** Functions over the rows of a group. */
final class Aggregates {

    private static final Set<String> NAMES =
            Set.of("COUNT", "COUNTIF", "SUM", "AVG", "MIN", "MAX", "ANY_VALUE", "LOGICAL_AND", "LOGICAL_OR");

    private Aggregates() {}

    static boolean isOne(Token name) {
        return NAMES.contains(name.upper());
    }

    static Typed translate(Expression.Call call, List<Typed> arguments) {
        Token at = call.at();
        if (call.star()) {
            if (!at.is("COUNT")) {
                throw SqlRefused.syntax("Unexpected \"*\"", at);
            }
            return Typed.constant(Type.INT64, "count(*)").spokenFor(true);
        }
        if (arguments.size() != 1) {
            throw Coercions.mismatch(at, arguments.toArray(Typed[]::new));
        }
        if (call.distinct() && !at.is("COUNT")) {
            throw SqlRefused.unsupported("DISTINCT in " + at.upper(), at);
        }
        Typed argument = arguments.get(0);
        boolean comparable = argument.type().isComparable();
        if (!comparable && (call.distinct() || at.is("MIN") || at.is("MAX"))) {
            throw Coercions.mismatch(at, argument);
        }
        return aggregate(call, argument).spokenFor(true);
    }

    private static Typed aggregate(Expression.Call call, Typed argument) {
        Token at = call.at();
        return switch (at.upper()) {
            case "COUNT" -> argument.as(Type.INT64, call.distinct() ? "count(DISTINCT %s)" : "count(%s)");
            case "COUNTIF" -> Coercions.to(Type.BOOL, argument, at).as(Type.INT64, "count(CASE WHEN %s THEN 1 END)");
            case "LOGICAL_AND" -> Coercions.to(Type.BOOL, argument, at).as(Type.BOOL, "bool_and(%s)");
            case "LOGICAL_OR" -> Coercions.to(Type.BOOL, argument, at).as(Type.BOOL, "bool_or(%s)");
            case "ANY_VALUE" -> argument.as(argument.type(), "first(%s)");
            case "MAX" -> argument.as(argument.type(), "max(%s)");
            case "MIN" -> minimum(argument);
            case "SUM" -> sum(at, argument);
            case "AVG" -> average(at, argument);
            default -> throw new IllegalStateException(at.text());
        };
    }

    private static Typed minimum(Typed argument) {
        return argument.type() == Type.FLOAT64
                ? argument.as(
                        Type.FLOAT64, "CASE WHEN bool_or(isnan(%1$s)) THEN CAST('nan' AS DOUBLE) ELSE min(%1$s) END")
                : argument.as(argument.type(), "min(%s)");
    }

    private static Typed sum(Token at, Typed argument) {
        return switch (argument.type()) {
            case INT64 -> argument.as(Type.INT64, "CAST(sum(%s) AS BIGINT)");
            case NUMERIC -> argument.as(Type.NUMERIC, "CAST(sum(%s) AS DECIMAL(38,9))");
            case FLOAT64 -> Guards.finite(argument.as(Type.FLOAT64, "sum(%s)"));
            default -> throw Coercions.mismatch(at, argument);
        };
    }

    private static Typed average(Token at, Typed argument) {
        return switch (argument.type()) {
            case INT64 -> argument.as(Type.FLOAT64, "avg(%s)");
            case FLOAT64 -> Guards.finite(argument.as(Type.FLOAT64, "avg(%s)"));
            case NUMERIC -> throw SqlRefused.unsupported("AVG of NUMERIC", at);
            default -> throw Coercions.mismatch(at, argument);
        };
    }
}
