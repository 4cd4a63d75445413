package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Functions over the rows of a group. */
final class Aggregates {

    private static final Set<String> NAMES = Set.of(
            "COUNT",
            "COUNTIF",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "ANY_VALUE",
            "LOGICAL_AND",
            "LOGICAL_OR",
            "ARRAY_AGG",
            "STRING_AGG",
            "ARRAY_CONCAT_AGG",
            "BIT_AND",
            "BIT_OR",
            "BIT_XOR",
            "APPROX_COUNT_DISTINCT",
            "APPROX_QUANTILES",
            "APPROX_TOP_COUNT",
            "MIN_BY",
            "MAX_BY",
            "STDDEV",
            "STDDEV_SAMP",
            "STDDEV_POP",
            "VARIANCE",
            "VAR_SAMP",
            "VAR_POP",
            "CORR",
            "COVAR_SAMP",
            "COVAR_POP");

    private static final Set<String> PAIRED = Set.of("CORR", "COVAR_SAMP", "COVAR_POP");

    private static final Set<String> NEVER_DISTINCT =
            Set.of("ANY_VALUE", "ARRAY_CONCAT_AGG", "MIN_BY", "MAX_BY", "APPROX_TOP_COUNT", "APPROX_COUNT_DISTINCT");

    private Aggregates() {}

    static boolean isOne(Token name) {
        return NAMES.contains(name.upper());
    }

    static Typed translate(Call call, List<Typed> arguments, List<Typed> order) {
        return translate(call, arguments, order, "");
    }

    /** @param over DuckDB's OVER clause */
    static Typed overWindow(Call call, List<Typed> arguments, String over) {
        if (Set.of("ARRAY_CONCAT_AGG", "MIN_BY", "MAX_BY", "APPROX_QUANTILES", "APPROX_TOP_COUNT")
                .contains(call.at().upper())) {
            throw SqlRefused.unsupported(call.at().upper() + " over a window", call.at());
        }
        return translate(call, arguments, List.of(), over.replace("%", "%%"));
    }

    private static Typed translate(Call call, List<Typed> arguments, List<Typed> order, String over) {
        Token at = call.at();
        if (call.star()) {
            if (!at.is("COUNT")) {
                throw SqlRefused.syntax("Unexpected \"*\"", at);
            }
            return Typed.of(Type.INT64, "count(*)" + over);
        }
        requireArguments(call, arguments);
        Typed argument = arguments.get(0);
        boolean compared = call.distinct() || at.is("MIN") || at.is("MAX") || at.is("APPROX_COUNT_DISTINCT");
        boolean counted = at.is("COUNT") && argument.type().isGroupable();
        if (compared && !counted && !argument.type().isComparable()) {
            throw Coercions.mismatch(at, argument);
        }
        if (Collected.isOne(at)) {
            return new Collected(call, arguments, order, over).translate();
        }
        boolean usual = at.is("APPROX_QUANTILES") && call.modifiers().equals(Expression.Modifiers.IGNORING_NULLS);
        if (!call.modifiers().isNone() && !usual) {
            throw SqlRefused.unsupported("IGNORE NULLS, ORDER BY or LIMIT in " + at.upper(), at);
        }
        return aggregate(call, arguments, over);
    }

    private static void requireArguments(Call call, List<Typed> arguments) {
        boolean two = Set.of(
                        "MIN_BY", "MAX_BY", "CORR", "COVAR_SAMP", "COVAR_POP", "APPROX_QUANTILES", "APPROX_TOP_COUNT")
                .contains(call.at().upper());
        boolean maybeTwo = call.at().is("STRING_AGG") && arguments.size() == 2;
        if (arguments.size() != (two ? 2 : 1) && !maybeTwo) {
            throw Coercions.mismatch(call.at(), arguments.toArray(Typed[]::new));
        }
        if (call.distinct() && PAIRED.contains(call.at().upper())) {
            throw SqlRefused.wrong(
                    "DISTINCT is not allowed for function " + call.at().upper(), call.at());
        }
        if (call.distinct() && NEVER_DISTINCT.contains(call.at().upper())) {
            throw SqlRefused.unsupported("DISTINCT in " + call.at().upper(), call.at());
        }
    }

    private static Typed aggregate(Call call, List<Typed> arguments, String over) {
        Token at = call.at();
        Typed argument = arguments.get(0);
        String distinct = call.distinct() ? "DISTINCT " : "";
        return switch (at.upper()) {
            case "COUNT" -> argument.aggregated(Type.INT64, "count(" + distinct + "%s)" + over);
            case "APPROX_COUNT_DISTINCT" -> argument.aggregated(Type.INT64, "count(DISTINCT %s)" + over);
            case "COUNTIF" ->
                Typed.aggregated(
                        Type.INT64,
                        "count(" + distinct + "CASE WHEN %s THEN 1 END)" + over,
                        Folding.unfolded(Coercions.to(Type.BOOL, argument, at)));
            case "LOGICAL_AND" -> Coercions.to(Type.BOOL, argument, at).aggregated(Type.BOOL, "bool_and(%s)" + over);
            case "LOGICAL_OR" -> Coercions.to(Type.BOOL, argument, at).aggregated(Type.BOOL, "bool_or(%s)" + over);
            case "BIT_AND", "BIT_OR", "BIT_XOR" ->
                Coercions.to(Type.INT64, argument, at)
                        .aggregated(Type.INT64, at.text().toLowerCase(Locale.ROOT) + "(" + distinct + "%s)" + over);
            case "ANY_VALUE" -> argument.aggregated(argument.type(), "first(%s)" + over);
            case "MAX" -> Typed.aggregated(argument.type(), extreme(argument, "max", over), argument);
            case "MIN" -> Typed.aggregated(argument.type(), extreme(argument, "min", over), argument);
            case "MIN_BY", "MAX_BY" -> by(at, argument, arguments.get(1));
            case "SUM" -> new Sums(at, argument, distinct, over).sum();
            case "AVG" -> new Sums(at, argument, distinct, over).average();
            case "APPROX_QUANTILES", "APPROX_TOP_COUNT" -> Approximations.translate(call, argument);
            default -> Statistics.translate(at, arguments, distinct, over);
        };
    }

    /** NaN if any is; among zeros the first one. */
    private static String extreme(Typed argument, String function, String over) {
        return argument.type().equals(Type.FLOAT64)
                ? "CASE WHEN bool_or(isnan(%1$s))" + over + " THEN CAST('nan' AS DOUBLE) ELSE arg_" + function
                        + "(%1$s, %1$s)" + over + " END"
                : function + "(%1$s)" + over;
    }

    /** None if a key is NaN, which is the least and the greatest one and equals no key. */
    private static Typed by(Token at, Typed value, Typed key) {
        if (!key.type().isComparable()) {
            throw SqlRefused.unsupported(at.upper() + " " + key.type(), at);
        }
        String function = at.is("MIN_BY") ? "arg_min_null(%1$s, %2$s)" : "arg_max_null(%1$s, %2$s)";
        return Typed.aggregated(
                value.type(),
                key.type().equals(Type.FLOAT64)
                        ? "CASE WHEN NOT bool_or(isnan(%2$s)) THEN " + function + " END"
                        : function,
                value,
                key);
    }
}
