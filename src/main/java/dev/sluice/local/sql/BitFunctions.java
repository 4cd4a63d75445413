package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** What is done bit by bit. */
final class BitFunctions {

    private BitFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        if (!arguments.name().equals("BIT_COUNT")) {
            return null;
        }
        return arguments.require(1).typed(0).type().equals(Type.BYTES)
                ? arguments.typed(0).as(Type.INT64, "bq_bit_count(hex(%s))")
                : arguments.integer(0).as(Type.INT64, "CAST(bit_count(%s) AS BIGINT)");
    }

    static boolean isOperator(Token operator) {
        return operator.text().matches("[&|^~]|<<|>>");
    }

    static Typed combined(Token operator, Typed left, Typed right) {
        String format = switch (operator.text()) {
            case "&" -> "(%s & %s)";
            case "|" -> "(%s | %s)";
            case "^" -> "xor(%s, %s)";
            case "<<" -> "bq_shift_left(%s, %s)";
            default -> "bq_shift_right(%s, %s)";
        };
        return Typed.of(Type.INT64, format, whole(operator, left), whole(operator, right));
    }

    static Typed inverted(Token operator, Typed operand) {
        return whole(operator, operand).as(Type.INT64, "(~%s)");
    }

    private static Typed whole(Token operator, Typed operand) {
        if (operand.type().equals(Type.BYTES)) {
            throw SqlRefused.unsupported(operator.text() + " of BYTES", operator);
        }
        return Coercions.to(Type.INT64, operand, operator);
    }
}
