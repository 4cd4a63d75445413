package dev.sluice.bigquery.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one of our schema files, with their lines. Not thread-safe. */
final class DdlTokens {

    private static final Pattern TOKEN =
            Pattern.compile("--[^\\n]*|\\s+|\"(?:[^\"\\\\\\n]|\\\\.)*+\"|`[^`\\n]+`|\\$\\{\\w+}|\\w+|[(),<>=;\\[\\]]");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*|`[A-Za-z_]\\w*`");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern TEXT = Pattern.compile("\".*\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private final String file;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    record Token(String text, int line) {}

    DdlTokens(String file, String sql) {
        this.file = file;
        Matcher matcher = TOKEN.matcher(sql);
        int at = 0;
        int line = 1;
        while (at < sql.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw problem(line, "unexpected '" + sql.charAt(at) + "'");
            }
            String text = matcher.group();
            if (!text.isBlank() && !text.startsWith("--")) {
                tokens.add(new Token(text, line));
            }
            line += (int) text.chars().filter(c -> c == '\n').count();
            at = matcher.end();
        }
    }

    /** Takes a name, without its back quotes. */
    String takeName() {
        return take(NAME, "a name").replace("`", "");
    }

    /** Takes a number of at most 18 digits. */
    long takeNumber() {
        return Long.parseLong(take(NUMBER, "a number"));
    }

    /** Takes what stands between double quotes. */
    String takeText() {
        String quoted = take(TEXT, "text in double quotes");
        return ESCAPE.matcher(quoted.substring(1, quoted.length() - 1)).replaceAll("$1");
    }

    private String take(Pattern pattern, String expected) {
        if (next == tokens.size() || !pattern.matcher(tokens.get(next).text()).matches()) {
            throw unexpected(expected);
        }
        return tokens.get(next++).text();
    }

    /** Takes the words if they come next, in any case. */
    boolean takeIf(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (next + i >= tokens.size() || !tokens.get(next + i).text().equalsIgnoreCase(words[i])) {
                return false;
            }
        }
        next += words.length;
        return true;
    }

    void require(String... words) {
        if (!takeIf(words)) {
            throw unexpected(String.join(" ", words));
        }
    }

    void requireEnd() {
        if (next < tokens.size()) {
            throw unexpected("the end");
        }
    }

    /** A fault of the word that was taken last. */
    DdlProblem problem(String what) {
        return problem(line(next - 1), what);
    }

    private DdlProblem unexpected(String expected) {
        String found = next < tokens.size() ? "'" + tokens.get(next).text() + "'" : "the end";
        return problem(line(next), "expected %s but found %s".formatted(expected, found));
    }

    private DdlProblem problem(int line, String what) {
        return new DdlProblem("%s:%d: %s".formatted(file, line, what));
    }

    private int line(int index) {
        return tokens.isEmpty()
                ? 1
                : tokens.get(Math.min(Math.max(index, 0), tokens.size() - 1)).line();
    }
}
