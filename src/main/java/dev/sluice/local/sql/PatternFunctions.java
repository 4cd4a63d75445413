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
            case "REGEXP_EXTRACT", "REGEXP_SUBSTR" -> extract(arguments.require(2));
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

    private static Typed extract(Arguments arguments) {
        int group = groups(arguments);
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
