package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Distances of arrays of FLOAT64. */
final class VectorFunctions {

    private static final Type VECTOR = Type.array(Type.FLOAT64);

    private VectorFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "COSINE_DISTANCE" -> distance(arguments, "bq_cosine_distance");
            case "EUCLIDEAN_DISTANCE" -> distance(arguments, "bq_euclidean_distance");
            default -> null;
        };
    }

    private static Typed distance(Arguments arguments, String function) {
        arguments.require(2);
        String format = function + "(CAST(%s AS VARCHAR), CAST(%s AS VARCHAR))";
        return Typed.of(Type.FLOAT64, format, vector(arguments, 0), vector(arguments, 1));
    }

    private static Typed vector(Arguments arguments, int index) {
        Expression expression = arguments.expression(index);
        if (expression instanceof Expression.Array array && isWritten(array)) {
            return arguments.translate(new Expression.Array(array.at(), Type.FLOAT64, array.values()));
        }
        Type type = arguments.typed(index).type();
        if (type.isArray() && type.element().isStruct()) {
            throw arguments.unsupported("vectors that are arrays of structs");
        }
        return arguments.to(VECTOR, index);
    }

    /** Literals of whole numbers become FLOAT64, too. */
    private static boolean isWritten(Expression.Array array) {
        return array.element() == null
                && array.values().stream()
                        .allMatch(value -> value instanceof Expression.Constant number && isNumber(number));
    }

    private static boolean isNumber(Expression.Constant value) {
        return value.type().equals(Type.INT64) || value.type().equals(Type.FLOAT64);
    }
}
