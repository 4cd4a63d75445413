package dev.sluice.local.sql;

import java.util.List;
import java.util.function.UnaryOperator;

/** Arrays, which are DuckDB's lists. */
final class Arrays {

    private Arrays() {}

    static Typed of(Type element, List<Typed> values) {
        Type type = Type.array(element.equals(Type.NULL) ? Type.INT64 : element);
        if (values.isEmpty()) {
            return Typed.constant(
                    element.equals(Type.NULL) ? Type.array(Type.NULL) : type,
                    "CAST([] AS %s)".formatted(type.duckDb()));
        }
        String places = "%s" + ", %s".repeat(values.size() - 1);
        return Typed.chosen(type, "[" + places + "]", values.toArray(Typed[]::new));
    }

    /** Element by element. */
    static Typed to(Type type, Typed value, Token at) {
        if (value.type().element().equals(Type.NULL)) {
            return value.as(type, "CAST(%s AS " + type.duckDb() + ")");
        }
        return mapped(type, value, element -> Coercions.to(type.element(), element, at));
    }

    static Typed mapped(Type type, Typed value, UnaryOperator<Typed> function) {
        String each = "_sluice_each";
        Typed element = function.apply(Typed.given(value.type().element(), each));
        return value.as(
                type, "list_transform(%s, lambda " + each + ": " + element.sql().replace("%", "%%") + ")");
    }

    static Typed element(Typed array, Typed index, String how, Token at) {
        if (!array.type().isArray()) {
            throw array.type().equals(Type.JSON)
                    ? SqlRefused.unsupported("elements of JSON by subscript; use JSON_QUERY", at)
                    : new SqlRefused(
                            "invalidQuery",
                            "Subscript access using [INT64] is not supported on values of type %s at %s"
                                    .formatted(array.type(), at.place()));
        }
        boolean fromOne = how.endsWith("ORDINAL");
        String place = fromOne ? "%2$s" : "(%2$s + 1)";
        Type type = array.type().element();
        String inside = fromOne ? "%2$s >= 1 AND %2$s <= len(%1$s)" : "%2$s >= 0 AND %2$s < len(%1$s)";
        String outside = how.startsWith("SAFE_")
                ? "NULL"
                : Guards.raised(
                        "'Array index ' || CAST(%2$s AS VARCHAR) || CASE WHEN %2$s < " + (fromOne ? 1 : 0)
                                + " THEN ' is out of bounds (underflow)' ELSE ' is out of bounds (overflow)' END",
                        type);
        return Typed.of(
                type,
                "CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL WHEN " + inside + " THEN list_extract(%1$s, " + place
                        + ") ELSE " + outside + " END",
                array,
                index);
    }

    /** What BigQuery writes nowhere: an array with a NULL in it. */
    static Typed withoutNulls(Typed array) {
        return array.as(
                array.type(),
                "CASE WHEN list_count(%1$s) < len(%1$s) THEN "
                        + Guards.error("Array cannot have a null element; error in writing field", array.type())
                        + " ELSE %1$s END");
    }
}
