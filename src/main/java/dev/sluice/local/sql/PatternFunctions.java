package dev.sluice.local.sql;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions; both engines use RE2. */
final class PatternFunctions {

    private PatternFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "REGEXP_CONTAINS" ->
                Typed.of(
                        Type.BOOL,
                        "regexp_matches(%s, %s)",
                        arguments.require(2).text(0),
                        arguments.text(1));
            case "REGEXP_EXTRACT", "REGEXP_SUBSTR" -> extract(arguments.require(2, 4));
            case "REGEXP_INSTR" -> place(arguments.require(2, 3));
            case "REGEXP_EXTRACT_ALL" -> extractAll(arguments.require(2));
            case "REGEXP_REPLACE" -> replace(arguments.require(3));
            default -> null;
        };
    }

    private static int groups(Arguments arguments) {
        String pattern = arguments.literal(1, "pattern");
        int groups = compiled(arguments, pattern).matcher("").groupCount();
        if (groups > 1) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Regular expressions passed into extraction functions must not have more than 1 capturing group at "
                            + arguments.at().place());
        }
        if (groups == 1 && pattern.matches(".*(\\)[?*{]|\\|).*")) {
            throw arguments.unsupported("a group that may not take part");
        }
        return groups;
    }

    private static Pattern compiled(Arguments arguments, String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw arguments.unsupported("this pattern");
        }
    }

    /** Searches what begins at a position, as if nothing was before it. */
    private static Typed extractAt(Arguments arguments, int group) {
        requireSomething(arguments);
        Typed occurrence = arguments.count() == 4 ? arguments.integer(3) : Typed.constant(Type.INT64, "1");
        String bad = Guards.error("Position and occurrence must be positive", Type.STRING);
        return Typed.of(
                Type.STRING,
                "CASE WHEN %3$s <= 0 OR %4$s <= 0 THEN " + bad + " WHEN %3$s > length(%1$s) THEN NULL ELSE"
                        + " list_extract(regexp_extract_all(substr(%1$s, %3$s), %2$s, " + group + "), %4$s) END",
                arguments.text(0),
                arguments.text(1),
                arguments.integer(2),
                occurrence);
    }

    /** Of the first match, which begins behind as few letters as can be. */
    private static Typed place(Arguments arguments) {
        if (groups(arguments) > 0) {
            throw arguments.unsupported("a group");
        }
        requireSomething(arguments);
        Typed position = arguments.count() == 3 ? arguments.integer(2) : Typed.constant(Type.INT64, "1");
        String bad = Guards.error("Position must be positive", Type.INT64);
        return Typed.of(
                Type.INT64,
                "CASE WHEN %3$s <= 0 THEN " + bad
                        + " WHEN NOT regexp_matches(substr(%1$s, %3$s), %2$s) THEN 0 ELSE %3$s"
                        + " + length(regexp_extract(substr(%1$s, %3$s), '^((?s:.*?))(?:' || %2$s || ')', 1)) END",
                arguments.text(0),
                arguments.text(1),
                position);
    }

    private static Typed extract(Arguments arguments) {
        int group = groups(arguments);
        if (arguments.count() > 2) {
            return extractAt(arguments, group);
        }
        return Typed.of(
                Type.STRING,
                "CASE WHEN regexp_matches(%1$s, %2$s) THEN regexp_extract(%1$s, %2$s, " + group + ") ELSE NULL END",
                arguments.text(0),
                arguments.text(1));
    }

    private static Typed extractAll(Arguments arguments) {
        int group = groups(arguments);
        requireSomething(arguments);
        return Typed.of(
                Type.array(Type.STRING),
                "regexp_extract_all(%s, %s, " + group + ")",
                arguments.text(0),
                arguments.text(1));
    }

    private static Typed replace(Arguments arguments) {
        requireSomething(arguments);
        return Typed.of(
                Type.STRING,
                "regexp_replace(%s, %s, %s, 'g')",
                arguments.text(0),
                arguments.text(1),
                arguments.text(2));
    }

    /** Where a pattern matches nothing between two letters is counted differently. */
    private static void requireSomething(Arguments arguments) {
        if (compiled(arguments, arguments.literal(1, "pattern")).matcher("").find()) {
            throw arguments.unsupported("a pattern that matches nothing");
        }
    }
}
