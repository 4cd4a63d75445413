package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Functions that have another value each time, or for somebody else. */
final class ChangingFunctions {

    private static final String RANDOM = "random()";
    private static final String UUID = "CAST(gen_random_uuid() AS VARCHAR)";

    private ChangingFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "RAND" -> constant(arguments, Type.FLOAT64, RANDOM);
            case "GENERATE_UUID" -> constant(arguments, Type.STRING, UUID);
            case "SESSION_USER" ->
                constant(arguments, Type.STRING, Typed.text(arguments.user()).sql());
            default -> null;
        };
    }

    private static Typed constant(Arguments arguments, Type type, String sql) {
        arguments.require(0);
        return Typed.constant(type, sql);
    }

    static boolean isOne(Token name) {
        return name.is("RAND") || name.is("GENERATE_UUID");
    }

    /** For what would compute an operand more than once. */
    static Typed requireNone(Typed operand, Token at) {
        if (areIn(operand)) {
            throw SqlRefused.unsupported("RAND or GENERATE_UUID as an operand of " + at.upper(), at);
        }
        return operand;
    }

    /** Whether one of them is in it, so that it must not be computed twice. */
    static boolean areIn(Typed value) {
        return value.sql().contains(RANDOM) || value.sql().contains(UUID);
    }
}
