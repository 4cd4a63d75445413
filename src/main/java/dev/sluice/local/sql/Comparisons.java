package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Equality and order, where NaN equals nothing and mixed types are not guessed at. */
final class Comparisons {

    private Comparisons() {}

    static Typed compare(Token operator, Typed left, Typed right) {
        List<Typed> both = Coercions.toCommon(operator, List.of(left, right));
        Typed first = both.get(0);
        Typed second = both.get(1);
        String symbol = operator.text().equals("!=") ? "<>" : operator.text();
        if (first.type().isStruct() && (symbol.equals("=") || symbol.equals("<>"))) {
            return fields(operator, first, second);
        }
        if (!first.type().isComparable()) {
            throw Coercions.mismatch(operator, left, right);
        }
        if (!first.type().equals(Type.FLOAT64)) {
            return Typed.total(Type.BOOL, "(%s " + symbol + " %s)", first, second);
        }
        String withNaN = symbol.equals("<>") ? "TRUE" : "FALSE";
        if (second.isLiteral()) {
            return Typed.total(
                    Type.BOOL,
                    "CASE WHEN isnan(%1$s) THEN " + withNaN + " ELSE %1$s " + symbol + " %2$s END",
                    first,
                    second);
        }
        return Typed.total(
                Type.BOOL,
                "CASE WHEN %1$s IS NULL OR %2$s IS NULL THEN NULL WHEN isnan(%1$s) OR isnan(%2$s) THEN " + withNaN
                        + " ELSE %1$s " + symbol + " %2$s END",
                first,
                second);
    }

    /** Structs are equal if all their fields are, and unknown if one is unknown and none differs. */
    private static Typed fields(Token operator, Typed first, Typed second) {
        Typed all = null;
        for (int i = 0; i < first.type().parts().size(); i++) {
            Typed same = compare(operator.symbol("="), Structs.at(first, i), Structs.at(second, i));
            all = all == null ? same : Typed.together(Type.BOOL, "(%s AND %s)", all, same);
        }
        Typed equal = Objects.requireNonNull(all);
        return operator.is("=") ? equal : Typed.total(Type.BOOL, "(NOT %s)", equal);
    }

    /** Whether two values differ; NULL differs from all but NULL, and a NaN from no other NaN. */
    static Typed distinct(Token operator, Typed left, Typed right) {
        List<Typed> both = Coercions.toCommon(operator, List.of(left, right));
        if (!both.get(0).type().hasEquality()) {
            throw Coercions.mismatch(operator, left, right);
        }
        return Typed.total(Type.BOOL, "(%s IS DISTINCT FROM %s)", both.get(0), both.get(1));
    }

    /** BYTES have a letter for each byte. */
    static Typed like(Token at, Typed operand, Typed pattern) {
        boolean bytes = operand.type().equals(Type.BYTES) || pattern.type().equals(Type.BYTES);
        List<Typed> texts = new ArrayList<>();
        for (Typed each : List.of(operand, pattern)) {
            boolean fits = each.type().equals(bytes ? Type.BYTES : Type.STRING)
                    || each.type().equals(Type.NULL);
            if (!fits) {
                throw Coercions.mismatch(at, operand, pattern);
            }
            texts.add(
                    bytes
                            ? Coercions.to(Type.BYTES, each, at).as(Type.STRING, "bq_latin(hex(%s))")
                            : Coercions.to(Type.STRING, each, at));
        }
        if (endsWithBackslash(pattern)) {
            String error = Guards.error("LIKE pattern ends with a backslash", Type.BOOL);
            return texts.get(0).as(Type.BOOL, "CASE WHEN %s IS NOT NULL THEN " + error + " END");
        }
        return Typed.of(Type.BOOL, "(%s LIKE %s ESCAPE '\\')", texts.get(0), texts.get(1));
    }

    /** DuckDB finds it only where the text goes on. */
    private static boolean endsWithBackslash(Typed pattern) {
        String text = String.valueOf(pattern.text());
        return text.replace("\\\\", "").endsWith("\\");
    }

    /** How to sort by it: NULL first or last as said, NaN before all numbers. */
    static String order(Typed key, Query.Ordering ordering) {
        String direction = ordering.descending() ? " DESC" : " ASC";
        boolean nullsFirst = ordering.nullsFirst() == null ? !ordering.descending() : ordering.nullsFirst();
        String whole = key.sql() + direction + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
        if (!key.type().equals(Type.FLOAT64)) {
            return whole;
        }
        return "(%1$s IS NULL)%2$s, isnan(%1$s)%3$s, %4$s"
                .formatted(key.sql(), nullsFirst ? " DESC" : " ASC", ordering.descending() ? " ASC" : " DESC", whole);
    }
}
