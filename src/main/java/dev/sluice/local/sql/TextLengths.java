package dev.sluice.local.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of texts that are told how long what they answer is. */
final class TextLengths {

    /** No text has more letters. */
    private static final long LONGEST = Integer.MAX_VALUE;

    private static final long LARGEST_OUTPUT = 1 << 20;

    private TextLengths() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "SUBSTR", "SUBSTRING" -> substring(arguments.require(2, 3));
            case "LEFT", "RIGHT" -> side(arguments.require(2));
            case "LPAD", "RPAD" -> pad(arguments.require(2, 3));
            case "REPEAT" -> repeat(arguments.require(2));
            default -> null;
        };
    }

    /** Places count from 1, from the end if they are negative; 0 is the first, too. */
    private static Typed substring(Arguments arguments) {
        Typed text = arguments.text(0);
        Typed from = arguments.integer(1);
        String start = "CASE WHEN %2$s > 0 THEN " + atMost("%2$s", LONGEST)
                + " WHEN %2$s = 0 OR length(%1$s) + %2$s < 0 THEN 1 ELSE length(%1$s) + %2$s + 1 END";
        if (arguments.count() == 2) {
            return Typed.of(Type.STRING, "substr(%1$s, " + start + ")", text, from);
        }
        String negative = Guards.error("Third argument in SUBSTR() cannot be negative", Type.STRING);
        return Typed.of(
                Type.STRING,
                "CASE WHEN %3$s < 0 THEN " + negative + " ELSE substr(%1$s, " + start + ", " + atMost("%3$s", LONGEST)
                        + ") END",
                text,
                from,
                arguments.integer(2));
    }

    private static Typed side(Arguments arguments) {
        String function = arguments.name().toLowerCase(Locale.ROOT);
        String negative = Guards.error("Second argument in " + arguments.name() + "() cannot be negative", Type.STRING);
        return Typed.of(
                Type.STRING,
                "CASE WHEN %1$s IS NULL THEN NULL WHEN %2$s < 0 THEN " + negative + " ELSE " + function + "(%1$s, "
                        + atMost("%2$s", LONGEST) + ") END",
                arguments.text(0),
                arguments.integer(1));
    }

    private static Typed pad(Arguments arguments) {
        Typed with = arguments.count() == 3 ? arguments.text(2) : Typed.text(" ");
        String function = arguments.name().toLowerCase(Locale.ROOT);
        String bad = Guards.error("Invalid argument of " + arguments.name(), Type.STRING);
        return Typed.of(
                Type.STRING,
                "CASE WHEN %2$s < 0 OR %3$s = '' THEN " + bad + " WHEN %2$s > " + LARGEST_OUTPUT + " THEN "
                        + tooLarge("LPAD/RPAD") + " ELSE " + function + "(%1$s, CAST("
                        + atMost("%2$s", LARGEST_OUTPUT) + " AS INTEGER), %3$s) END",
                arguments.text(0),
                arguments.integer(1),
                with);
    }

    private static Typed repeat(Arguments arguments) {
        String bad = Guards.error("Second argument in REPEAT cannot be negative", Type.STRING);
        return Typed.of(
                Type.STRING,
                "CASE WHEN %2$s < 0 THEN " + bad + " WHEN CAST(strlen(%1$s) AS HUGEINT) * %2$s > " + LARGEST_OUTPUT
                        + " THEN " + tooLarge("REPEAT") + " ELSE repeat(%1$s, "
                        + atMost("%2$s", LARGEST_OUTPUT) + ") END",
                arguments.text(0),
                arguments.integer(1));
    }

    /** DuckDB fails with larger numbers, or fills the memory before it asks whether it may. */
    private static String atMost(String number, long most) {
        return "CASE WHEN %1$s > %2$d THEN %2$d ELSE %1$s END".formatted(number, most);
    }

    private static String tooLarge(String function) {
        return Guards.error("Output of " + function + " exceeds max allowed output size of 1MB", Type.STRING);
    }
}
