package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Operands that a format names several times are computed once if they are long, or nested guards would multiply the SQL at
 * each level, and if they have another value each time.
 */
final class Repeated {

    private static final int LONG = 300;

    private Repeated() {}

    /** @return DuckDB's SQL, with the operands' SQL as the format's arguments */
    static String once(String format, Typed... operands) {
        var before = new BitSet();
        for (int i = 0; i < operands.length; i++) {
            before.set(i, isOnce(operands[i]) && isRepeated(format, i + 1));
        }
        boolean movable = IntStream.range(0, operands.length).allMatch(i -> before.get(i) || operands[i].isMovable());
        return computed(movable ? before : new BitSet(), format, operands);
    }

    /** All operands are computed before anything else, in a way that DuckDB does not see through. */
    static String together(String format, Typed... operands) {
        var before = new BitSet();
        for (int i = 0; i < operands.length; i++) {
            before.set(i, !Folding.isLiteral(operands[i]));
        }
        return computed(before, format, operands);
    }

    /** @param before which operands are computed before anything else */
    private static String computed(BitSet before, String format, Typed... operands) {
        Object[] texts = texts(operands);
        String row = "_sluice_once"
                + Arrays.stream(operands)
                        .mapToInt(operand -> operand.sql().length())
                        .sum();
        List<String> computed = new ArrayList<>();
        before.stream().forEach(i -> {
            computed.add("'o%d': %s".formatted(i, texts[i]));
            texts[i] = "struct_extract(%s, 'o%d')".formatted(row, i);
        });
        String sql = format.formatted(texts);
        return computed.isEmpty()
                ? sql
                : "list_extract(list_transform([{%s}], lambda %s: %s), 1)"
                        .formatted(String.join(", ", computed), row, sql);
    }

    /** Whether an operand would stand where DuckDB has no subqueries. */
    static boolean hidesQuery(String format, Typed... operands) {
        return format.contains("lambda ")
                && !format.contains("SELECT ")
                && Arrays.stream(operands).anyMatch(Typed::holdsQuery);
    }

    private static boolean isOnce(Typed operand) {
        return operand.sql().length() > LONG || ChangingFunctions.areIn(operand);
    }

    static Object[] texts(Typed... operands) {
        return Arrays.stream(operands).map(Typed::sql).toArray();
    }

    private static boolean isRepeated(String format, int place) {
        String name = "%" + place + "$s";
        return format.indexOf(name) != format.lastIndexOf(name);
    }
}
