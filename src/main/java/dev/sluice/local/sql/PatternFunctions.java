package dev.sluice.local.sql;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Regular expressions; both engines use RE2. */
final class PatternFunctions {

    /** Patterns of which a group may not take part in a match. */
    private static final String OPTIONAL = "(?s).*(\\)[?*{]|\\|).*";

    private static final String UNLIKE_IN_BYTES = "(?s).*(\\(\\?[a-zA-Z]*i|\\\\C|\\\\x\\{\\w{3}).*";

    private final Arguments arguments;

    /** Empty if it is no literal. */
    private final Optional<String> literal;

    /** Null if it is no literal, or cannot be read. */
    private final @Nullable Pattern compiled;

    private PatternFunctions(Arguments arguments) {
        this.arguments = arguments;
        this.literal = arguments.count() > 1
                        && arguments.expression(1) instanceof Expression.Constant constant
                        && (constant.type().equals(Type.STRING)
                                || constant.type().equals(Type.BYTES))
                ? Optional.of(constant.value())
                : Optional.empty();
        this.compiled = literal.map(PatternFunctions::compiled).orElse(null);
    }

    private static @Nullable Pattern compiled(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            return null; // an error of each row, or said below
        }
    }

    static @Nullable Typed translate(Arguments arguments) {
        if (!arguments.name().startsWith("REGEXP_")) {
            return null;
        }
        var functions = new PatternFunctions(arguments);
        if (arguments.areSafe() && functions.isWrong()) {
            return functions.none(arguments.text(0));
        }
        if (arguments.haveBytes()) {
            functions.requireSameOfBytes();
        }
        return functions.translate();
    }

    /** Each byte is a letter; letters beyond ASCII have no case then. */
    private void requireSameOfBytes() {
        if (literal.filter(pattern -> !pattern.matches(UNLIKE_IN_BYTES)).isEmpty()) {
            throw arguments.unsupported("BYTES, and a pattern that is no literal, has (?i) or other letters,");
        }
    }

    private Typed patternText() {
        Typed text = arguments.text(1);
        return arguments.typed(1).type().equals(Type.BYTES)
                ? literal.map(Typed::text).orElse(text)
                : text;
    }

    private String pattern() {
        return literal.orElseGet(() -> arguments.literal(1, "pattern"));
    }

    private @Nullable Typed translate() {
        return switch (arguments.name()) {
            case "REGEXP_CONTAINS" ->
                Typed.of(
                        Type.BOOL,
                        "regexp_matches(%s, %s)",
                        arguments.require(2).text(0),
                        patternText());
            case "REGEXP_EXTRACT", "REGEXP_SUBSTR" -> {
                arguments.require(2, 4);
                yield extract();
            }
            case "REGEXP_INSTR" -> {
                arguments.require(2, 5);
                yield place();
            }
            case "REGEXP_EXTRACT_ALL" -> {
                arguments.require(2);
                yield extractAll();
            }
            case "REGEXP_REPLACE" -> {
                arguments.require(3);
                yield replace();
            }
            default -> null;
        };
    }

    /** Whether it is known that it has no value. */
    private boolean isWrong() {
        Pattern pattern = compiled;
        boolean extracts =
                !arguments.name().equals("REGEXP_CONTAINS") && !arguments.name().equals("REGEXP_REPLACE");
        return literal.isPresent() && (pattern == null || extracts && pattern.groupCount() > 1);
    }

    private Typed none(Typed text) {
        Type type = switch (arguments.name()) {
            case "REGEXP_CONTAINS" -> Type.BOOL;
            case "REGEXP_INSTR" -> Type.INT64;
            case "REGEXP_EXTRACT_ALL" -> Type.array(Type.STRING);
            default -> Type.STRING;
        };
        return Typed.total(type, "CASE WHEN %s IS NULL THEN NULL ELSE CAST(NULL AS " + type.duckDb() + ") END", text);
    }

    private int groups() {
        String pattern = pattern();
        int groups = readable().groupCount();
        if (groups > 1) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Regular expressions passed into extraction functions must not have more than 1 capturing group at "
                            + arguments.at().place());
        }
        if (groups == 1 && pattern.matches(OPTIONAL)) {
            throw arguments.unsupported("a group that may not take part");
        }
        return groups;
    }

    private Pattern readable() {
        String pattern = pattern();
        if (compiled != null) {
            return compiled;
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Cannot parse regular expression: %s: %s at %s"
                            .formatted(
                                    e.getDescription(),
                                    pattern,
                                    arguments.expression(1).at().place()));
        }
    }

    /** Searches what begins at a position, as if nothing was before it. */
    private Typed extractAt(int group) {
        requireSomething();
        Typed occurrence = arguments.count() == 4 ? arguments.integer(3) : Typed.constant(Type.INT64, "1");
        String bad = Guards.error("Position and occurrence must be positive", Type.STRING);
        return Typed.of(
                Type.STRING,
                "CASE WHEN %3$s <= 0 OR %4$s <= 0 THEN " + bad + " WHEN %3$s > length(%1$s) THEN NULL ELSE"
                        + " list_extract(regexp_extract_all(substr(%1$s, %3$s), %2$s, " + group + "), %4$s) END",
                arguments.text(0),
                patternText(),
                arguments.integer(2),
                occurrence);
    }

    /** Where a match, or its group, begins or ends. */
    private Typed place() {
        groups();
        requireSomething();
        Typed one = Typed.constant(Type.INT64, "1");
        String bad = Guards.error("Position and occurrence must be positive, and what is asked for 0 or 1", Type.INT64);
        return Typed.of(
                Type.INT64,
                "CASE WHEN %1$s IS NULL OR %3$s IS NULL OR %4$s IS NULL OR %5$s IS NULL THEN NULL"
                        + " WHEN %3$s <= 0 OR %4$s <= 0 OR %5$s NOT IN (0, 1) THEN " + bad
                        + " ELSE bq_regexp_place(%1$s, CAST(%3$s AS VARCHAR) || ' ' || CAST(%4$s AS VARCHAR) || ' '"
                        + " || CAST(%5$s AS VARCHAR) || ' ' || %2$s) END",
                arguments.text(0),
                patternText(),
                arguments.count() > 2 ? arguments.integer(2) : one,
                arguments.count() > 3 ? arguments.integer(3) : one,
                arguments.count() > 4 ? arguments.integer(4) : Typed.constant(Type.INT64, "0"));
    }

    private Typed extract() {
        if (arguments.count() > 2) {
            return extractAt(groups());
        }
        if (!isPlain()) {
            return Typed.of(Type.STRING, "bq_regexp_extract(%s, %s)", arguments.text(0), patternText());
        }
        int group = groups();
        return Typed.of(
                Type.STRING,
                "CASE WHEN regexp_matches(%1$s, %2$s) THEN regexp_extract(%1$s, %2$s, " + group + ") ELSE NULL END",
                arguments.text(0),
                patternText());
    }

    private Typed extractAll() {
        Type texts = Type.array(Type.STRING);
        if (!isPlain() || mayMatchNothing()) {
            String all = "CAST(CAST(bq_regexp_extract_all(%s, %s) AS JSON) AS VARCHAR[])";
            return Typed.of(texts, all, arguments.text(0), patternText());
        }
        int group = groups();
        return Typed.of(texts, "regexp_extract_all(%s, %s, " + group + ")", arguments.text(0), patternText());
    }

    private Typed replace() {
        if (!isReadable() || mayMatchNothing()) {
            return Typed.of(
                    Type.STRING,
                    "bq_regexp_replace(%1$s, CAST(length(%2$s) AS VARCHAR) || ' ' || %2$s || %3$s)",
                    arguments.text(0),
                    patternText(),
                    arguments.text(2));
        }
        return Typed.of(
                Type.STRING, "regexp_replace(%s, %s, %s, 'g')", arguments.text(0), patternText(), arguments.text(2));
    }

    private void requireSomething() {
        if (mayMatchNothing()) {
            throw arguments.unsupported("a pattern that matches nothing");
        }
    }

    /** Where a pattern matches nothing between two letters is counted differently. */
    private boolean mayMatchNothing() {
        Pattern pattern = readable();
        Matcher between = pattern.matcher("a b");
        return pattern.matcher("").find() || between.find() && between.start() == between.end();
    }

    /** Whether it is known before any row is read that what is extracted takes part in each match. */
    private boolean isPlain() {
        return isReadable()
                && literal.filter(pattern -> !pattern.matches(OPTIONAL)).isPresent();
    }

    private boolean isReadable() {
        return compiled != null;
    }
}
