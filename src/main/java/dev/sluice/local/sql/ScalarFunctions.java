package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Functions of one row; whatever is not here is not known to mean the same in DuckDB. */
final class ScalarFunctions {

    private final ExpressionTranslator expressions;
    private final DateFunctions dates;

    ScalarFunctions(ExpressionTranslator expressions) {
        this.expressions = expressions;
        this.dates = new DateFunctions(expressions);
    }

    Typed translate(Call call) {
        Token name = call.at();
        if (call.star() || call.distinct()) {
            throw SqlRefused.syntax("Unexpected \"%s\"".formatted(call.star() ? "*" : "DISTINCT"), name);
        }
        return switch (name.upper()) {
            case "COALESCE" -> coalesce(call);
            case "IFNULL" -> coalesce(counted(call, 2));
            case "NULLIF" -> nullIf(counted(call, 2));
            case "IF" -> condition(counted(call, 3));
            case "GREATEST", "LEAST" -> extreme(call);
            case "ABS", "SIGN", "CEIL", "CEILING", "FLOOR", "ROUND", "TRUNC" -> rounding(counted(call, 1));
            case "MOD" -> integers(call, "(%s %% %s)");
            case "DIV" -> integers(call, "(%s // %s)");
            case "SAFE_DIVIDE" -> safeDivide(counted(call, 2));
            case "SQRT", "EXP", "LN" ->
                Guards.finite(floating(counted(call, 1), 0)
                        .as(Type.FLOAT64, name.text().toLowerCase(Locale.ROOT) + "(%s)"));
            case "POW", "POWER" ->
                Guards.finite(Typed.of(Type.FLOAT64, "pow(%s, %s)", floating(counted(call, 2), 0), floating(call, 1)));
            case "IS_NAN" -> floating(counted(call, 1), 0).as(Type.BOOL, "isnan(%s)");
            case "IS_INF" -> floating(counted(call, 1), 0).as(Type.BOOL, "isinf(%s)");
            case "CONCAT" -> concat(call);
            case "LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH" ->
                text(counted(call, 1), 0).as(Type.INT64, "length(%s)");
            case "STARTS_WITH" -> strings(call, Type.BOOL, "starts_with(%s, %s)");
            case "ENDS_WITH" -> strings(call, Type.BOOL, "ends_with(%s, %s)");
            case "REPLACE" ->
                Typed.of(Type.STRING, "replace(%s, %s, %s)", text(counted(call, 3), 0), text(call, 1), text(call, 2));
            case "UPPER" -> Guards.ascii(text(counted(call, 1), 0), "UPPER").as(Type.STRING, "upper(%s)");
            case "LOWER" -> Guards.ascii(text(counted(call, 1), 0), "LOWER").as(Type.STRING, "lower(%s)");
            case "SUBSTR", "SUBSTRING" -> substring(call);
            case "ERROR" -> text(counted(call, 1), 0).as(Type.NULL, "error(%s)");
            case "TO_JSON_STRING" -> jsonText(counted(call, 1));
            default -> dates.translate(call);
        };
    }

    private static Call counted(Call call, int count) {
        if (call.arguments().size() != count) {
            throw new SqlRefused(
                    "invalidQuery",
                    "No matching signature for function %s with %d arguments at %s"
                            .formatted(
                                    call.at().upper(),
                                    call.arguments().size(),
                                    call.at().place()));
        }
        return call;
    }

    private List<Typed> arguments(Call call) {
        List<Typed> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(expressions.translate(argument)));
        return arguments;
    }

    private Typed text(Call call, int index) {
        return expressions.to(Type.STRING, call.arguments().get(index));
    }

    private Typed floating(Call call, int index) {
        return expressions.to(Type.FLOAT64, call.arguments().get(index));
    }

    private Typed integer(Call call, int index) {
        return expressions.to(Type.INT64, call.arguments().get(index));
    }

    private static Typed joined(Type type, String function, String separator, List<Typed> arguments) {
        String places = "%s" + (separator + "%s").repeat(arguments.size() - 1);
        return Typed.of(type, function + "(" + places + ")", arguments.toArray(Typed[]::new));
    }

    private Typed coalesce(Call call) {
        requireSome(call);
        List<Typed> alike = Coercions.toCommon(call.at(), arguments(call));
        return joined(alike.get(0).type(), "coalesce", ", ", alike);
    }

    private static void requireSome(Call call) {
        if (call.arguments().isEmpty()) {
            counted(call, 1);
        }
    }

    /** Of JSON values alone: what others look like as JSON is not known well enough. */
    private Typed jsonText(Call call) {
        Typed value = expressions.translate(call.arguments().get(0));
        if (value.type() != Type.JSON) {
            throw SqlRefused.unsupported("TO_JSON_STRING of " + value.type(), call.at());
        }
        return value.as(Type.STRING, "CAST(json(%s) AS VARCHAR)");
    }

    private Typed nullIf(Call call) {
        List<Typed> alike = Coercions.toCommon(call.at(), arguments(call));
        Token at = call.at();
        var equal = new Token(Token.Kind.SYMBOL, "=", "=", at.line(), at.column());
        Typed same = Comparisons.compare(equal, alike.get(0), alike.get(1));
        return Typed.of(alike.get(0).type(), "CASE WHEN %s THEN NULL ELSE %s END", same, alike.get(0));
    }

    private Typed condition(Call call) {
        List<Typed> arguments = arguments(call);
        List<Typed> alike = Coercions.toCommon(call.at(), arguments.subList(1, arguments.size()));
        Typed condition = Coercions.to(Type.BOOL, arguments.get(0), call.at());
        return Typed.of(alike.get(0).type(), "CASE WHEN %s THEN %s ELSE %s END", condition, alike.get(0), alike.get(1));
    }

    /** NULL if any is NULL, which DuckDB would pass over. */
    private Typed extreme(Call call) {
        requireSome(call);
        List<Typed> alike = Coercions.toCommon(call.at(), arguments(call));
        Type type = alike.get(0).type();
        if (type == Type.FLOAT64 || !type.isComparable()) {
            throw SqlRefused.unsupported("%s of %s".formatted(call.at().upper(), type), call.at());
        }
        Typed[] operands = alike.toArray(Typed[]::new);
        var anyNull = new StringBuilder("FALSE");
        var places = new StringBuilder();
        for (int i = 1; i <= operands.length; i++) {
            anyNull.append(" OR %").append(i).append("$s IS NULL");
            places.append(i == 1 ? "" : ", ").append('%').append(i).append("$s");
        }
        String function = call.at().text().toLowerCase(Locale.ROOT);
        return Typed.of(type, "CASE WHEN %s THEN NULL ELSE %s(%s) END".formatted(anyNull, function, places), operands);
    }

    private Typed rounding(Call call) {
        Token name = call.at();
        Typed value = expressions.translate(call.arguments().get(0));
        boolean keepsType = name.is("ABS") || name.is("SIGN");
        if (value.type() == Type.NUMERIC || !value.type().isNumber() && value.type() != Type.NULL) {
            throw SqlRefused.unsupported("%s of %s".formatted(name.upper(), value.type()), name);
        }
        if (keepsType && value.type() != Type.FLOAT64) {
            Typed whole = Coercions.to(Type.INT64, value, name);
            return whole.as(Type.INT64, name.is("ABS") ? "abs(%s)" : "CAST(sign(%s) AS BIGINT)");
        }
        Typed number = Coercions.to(Type.FLOAT64, value, name);
        return switch (name.upper()) {
            case "ABS" -> number.as(Type.FLOAT64, "abs(%s)");
            case "SIGN" ->
                number.as(Type.FLOAT64, "CASE WHEN isnan(%1$s) THEN %1$s ELSE CAST(sign(%1$s) AS DOUBLE) END");
            case "CEIL", "CEILING" -> number.as(Type.FLOAT64, "ceil(%s)");
            case "FLOOR" -> number.as(Type.FLOAT64, "floor(%s)");
            case "ROUND" -> number.as(Type.FLOAT64, "round(%s)");
            default -> number.as(Type.FLOAT64, "trunc(%s)");
        };
    }

    private Typed integers(Call call, String format) {
        return Typed.of(Type.INT64, format, integer(counted(call, 2), 0), Guards.notZero(integer(call, 1)));
    }

    private Typed safeDivide(Call call) {
        Typed divisor = floating(call, 1);
        return Guards.finite(Typed.of(
                Type.FLOAT64,
                "(%1$s / CASE WHEN %2$s = 0 THEN NULL ELSE %2$s END)",
                floating(call, 0),
                Guards.finite(divisor)));
    }

    private Typed concat(Call call) {
        requireSome(call);
        List<Typed> texts = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            texts.add(text(call, i));
        }
        return joined(Type.STRING, "", " || ", texts);
    }

    private Typed strings(Call call, Type type, String format) {
        return Typed.of(type, format, text(counted(call, 2), 0), text(call, 1));
    }

    /** From a literal place on; what BigQuery does with places before the text DuckDB does otherwise. */
    private Typed substring(Call call) {
        int count = call.arguments().size();
        if (count != 2 && count != 3) {
            counted(call, 2);
        }
        boolean literal = true;
        for (int i = 1; i < count; i++) {
            literal &= call.arguments().get(i) instanceof Expression.Constant constant
                    && constant.type() == Type.INT64
                    && constant.value().matches("\\d{1,9}")
                    && (i == 2 || !constant.value().matches("0+"));
        }
        if (!literal) {
            throw SqlRefused.unsupported("SUBSTR from or for anything but a positive integer literal", call.at());
        }
        Typed text = text(call, 0);
        return count == 2
                ? Typed.of(Type.STRING, "substr(%s, %s)", text, integer(call, 1))
                : Typed.of(Type.STRING, "substr(%s, %s, %s)", text, integer(call, 1), integer(call, 2));
    }
}
