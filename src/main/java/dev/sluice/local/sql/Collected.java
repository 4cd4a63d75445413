package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Aggregates that collect their rows, perhaps in an order. */
final class Collected {

    private final Call call;
    private final List<Typed> arguments;
    private final List<Typed> order;
    private final String over;

    Collected(Call call, List<Typed> arguments, List<Typed> order, String over) {
        this.call = call;
        this.arguments = arguments;
        this.order = new ArrayList<>(order);
        this.over = over;
    }

    static boolean isOne(Token name) {
        return Set.of("ARRAY_AGG", "STRING_AGG", "ARRAY_CONCAT_AGG").contains(name.upper());
    }

    Typed translate() {
        Token at = call.at();
        Typed value = arguments.get(0);
        if (at.is("STRING_AGG")) {
            return texts(value);
        }
        if (at.is("ARRAY_CONCAT_AGG")) {
            if (!value.type().isArray()) {
                throw Coercions.mismatch(at, value);
            }
            String rows = limit("flatten(list_slice(", ", 1, ") + ")";
            return collected(
                    value,
                    value.type(),
                    "list(",
                    ") FILTER (WHERE %1$s IS NOT NULL)",
                    rows.equals(")") ? "flatten(%s)" : rows);
        }
        if (value.type().isArray()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "The argument to ARRAY_AGG must not be an array type but was %s at %s"
                            .formatted(value.type(), at.place()));
        }
        boolean ignoresNulls = Boolean.TRUE.equals(call.modifiers().ignoreNulls());
        String filter = ignoresNulls ? ") FILTER (WHERE %1$s IS NOT NULL)" : ")";
        Type type = Type.array(value.type().equals(Type.NULL) ? Type.INT64 : value.type());
        return collected(value, type, "list(", filter, limit("list_slice(", ", 1, "));
    }

    private Typed texts(Typed value) {
        Token at = call.at();
        if (call.modifiers().ignoreNulls() != null) {
            throw SqlRefused.unsupported("IGNORE NULLS in STRING_AGG", at);
        }
        if (value.type().equals(Type.BYTES)) {
            return bytes(value).as(Type.BYTES, "from_hex(%s)");
        }
        Typed separator = arguments.size() == 2 ? Coercions.to(Type.STRING, arguments.get(1), at) : Typed.text(",");
        return joined(Coercions.to(Type.STRING, value, at), separator);
    }

    /** As digits. */
    private Typed bytes(Typed value) {
        Typed separator = arguments.size() == 2
                ? Coercions.to(Type.BYTES, arguments.get(1), call.at())
                : Typed.constant(Type.BYTES, "from_hex('2c')");
        order.replaceAll(key -> key.sql().equals(value.sql()) ? digits(key) : key);
        return joined(digits(value), digits(separator));
    }

    private static Typed digits(Typed bytes) {
        return Typed.total(Type.STRING, "hex(%s)", bytes);
    }

    private Typed joined(Typed text, Typed separator) {
        if (!separator.columns().isEmpty()) {
            throw SqlRefused.unsupported("STRING_AGG with a separator that is no constant", call.at());
        }
        if (call.arguments().size() == 2 && isNull(call.arguments().get(1))) {
            throw SqlRefused.wrong("Argument 2 to STRING_AGG must be non-NULL", call.at());
        }
        String constant = separator.sql().replace("%", "%%");
        String list = limit("list_slice(", ", 1, ");
        if (list.isEmpty()) {
            return collected(text, Type.STRING, "string_agg(", ", " + constant + "", "");
        }
        Typed texts = collected(text, Type.array(Type.STRING), "list(", ") FILTER (WHERE %1$s IS NOT NULL)", list);
        return texts.as(Type.STRING, "array_to_string(%s, " + constant + ")");
    }

    private static boolean isNull(Expression separator) {
        return separator instanceof Expression.Cast cast
                ? isNull(cast.operand())
                : separator instanceof Expression.Constant constant
                        && constant.type().equals(Type.NULL);
    }

    private String limit(String before, String between) {
        Token limit = call.modifiers().limit();
        if (limit == null) {
            return "";
        }
        if (limit.kind() != Token.Kind.NUMBER || !limit.text().matches("\\d{1,9}")) {
            throw SqlRefused.unsupported("LIMIT with anything but an integer literal", limit);
        }
        return before + "%s" + between + limit.text() + ")";
    }

    /** Which is NULL. */
    private boolean isOfNothing() {
        Token limit = call.modifiers().limit();
        return limit != null && limit.text().matches("0+");
    }

    /** @param slice a format for what is collected, empty for all of it */
    private Typed collected(Typed value, Type type, String before, String after, String slice) {
        Token at = call.at();
        List<Typed> operands = new ArrayList<>(List.of(value));
        var keys = new StringBuilder();
        List<Query.Ordering> orderings = call.modifiers().order();
        for (int i = 0; i < order.size(); i++) {
            Typed key = order.get(i);
            if (!key.type().isComparable()) {
                throw SqlRefused.unsupported("ORDER BY " + key.type(), at);
            }
            operands.add(key);
            keys.append(i == 0 ? " ORDER BY " : ", ")
                    .append(Comparisons.order(key, orderings.get(i)).replace("%", "%%"));
        }
        if (call.distinct()
                && !keys.isEmpty()
                && !(order.size() == 1 && order.get(0).sql().equals(value.sql()))) {
            throw new SqlRefused(
                    "invalidQuery",
                    "An aggregate function that has both DISTINCT and ORDER BY arguments can only ORDER BY expressions"
                            + " that are arguments to the function at " + at.place());
        }
        String distinct = call.distinct() ? "DISTINCT " : "";
        boolean separated = before.startsWith("string_agg");
        String format = separated
                ? before + distinct + "%1$s" + after + keys + ")" + over
                : before + distinct + "%1$s" + keys + after + over;
        String sliced = isOfNothing()
                ? "CASE WHEN count(*) < 0 THEN " + format + " END"
                : slice.isEmpty() ? format : slice.replace("%s", format);
        return Typed.aggregated(type, sliced, operands.toArray(Typed[]::new));
    }
}
