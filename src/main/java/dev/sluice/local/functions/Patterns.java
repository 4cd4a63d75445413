package dev.sluice.local.functions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Regular expressions where DuckDB, which reads them as BigQuery does, takes what they found otherwise. */
final class Patterns {

    private static final int MOST = 1000;
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Patterns() {}

    /** Of the group, if there is one, which may not take part. */
    static @Nullable String extracted(String text, String pattern) {
        Matcher matcher = extracting(pattern).matcher(text);
        return matcher.find() ? matcher.group(matcher.groupCount()) : null;
    }

    /** A JSON array of all that is found. */
    static String all(String text, String pattern) {
        Matcher matcher = extracting(pattern).matcher(text);
        List<String> found = new ArrayList<>();
        int at = 0;
        while (at < Math.max(text.length(), 1) && matcher.find(at)) {
            @Nullable String group = matcher.group(matcher.groupCount());
            if (matcher.start() < text.length() || text.isEmpty()) {
                found.add(JsonTexts.escaped(group == null ? "" : group));
            }
            at = matcher.end() > matcher.start() ? matcher.end() : next(text, matcher.end());
        }
        return "[" + String.join(",", found) + "]";
    }

    /**
     * A place from 1; 0 if there is none.
     *
     * @param words where to begin, as if nothing was before it, which match is meant, whether its end is, and the pattern
     */
    static Long place(String text, String words) {
        String[] parts = words.split(" ", 4);
        long from = Long.parseLong(parts[0]);
        if (from > text.codePointCount(0, text.length())) {
            return 0L;
        }
        String rest = text.substring(text.offsetByCodePoints(0, (int) from - 1));
        Matcher matcher = extracting(parts[3]).matcher(rest);
        for (long left = Long.parseLong(parts[1]); left > 0; left--) {
            if (!matcher.find()) {
                return 0L;
            }
        }
        int group = matcher.groupCount();
        int at = parts[2].equals("1") ? matcher.end(group) : matcher.start(group);
        return from + rest.codePointCount(0, at);
    }

    /** @param words the length of the pattern, a blank, the pattern and by what its matches are replaced */
    static String replaced(String text, String words) {
        int blank = words.indexOf(' ');
        int end = words.offsetByCodePoints(blank + 1, Integer.parseInt(words.substring(0, blank)));
        Matcher matcher = compiled(words.substring(blank + 1, end)).matcher(text);
        var rewriting = new Rewriting(words.substring(end), matcher.groupCount());
        var result = new StringBuilder();
        int at = 0;
        int last = -1;
        while (at <= text.length() && matcher.find(at)) {
            result.append(text, at, matcher.start());
            boolean again = matcher.start() == last && matcher.end() == last;
            int from = matcher.end();
            if (!again) {
                rewriting.append(matcher, result);
                last = from;
            }
            at = again ? next(text, from) : from;
            result.append(text, from, Math.min(at, text.length()));
        }
        return result.append(text, Math.min(at, text.length()), text.length()).toString();
    }

    private static int next(String text, int at) {
        return at < text.length() ? text.offsetByCodePoints(at, 1) : at + 1;
    }

    private static Pattern extracting(String pattern) {
        Pattern compiled = compiled(pattern);
        if (compiled.groupCount() > 1) {
            throw new GoogleError(
                    "Regular expressions passed into extraction functions must not have more than 1 capturing group");
        }
        return compiled;
    }

    private static Pattern compiled(String pattern) {
        if (COMPILED.size() > MOST) {
            COMPILED.clear();
        }
        try {
            return COMPILED.computeIfAbsent(pattern, Pattern::compile);
        } catch (PatternSyntaxException e) {
            throw new GoogleError("Cannot parse regular expression: %s: %s".formatted(e.getDescription(), pattern));
        }
    }
}
