package dev.sluice.bigquery.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one of our schema files, with their lines. Not thread-safe. */
final class DdlTokens {

    private static final Pattern TOKEN =
            Pattern.compile("--[^\\n]*|\\s+|\"(?:[^\"\\\\\\n]|\\\\.)*\"|`[^`\\n]+`|\\$\\{\\w+}|\\w+|[(),<>=;\\[\\]]");

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

    /** Takes the next word; the end of the file is an error. */
    String take() {
        if (next == tokens.size()) {
            throw problem(line(), "the statement ends too early");
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
            String found = next < tokens.size() ? "'" + tokens.get(next).text() + "'" : "the end";
            throw problem(line(), "expected %s but found %s".formatted(String.join(" ", words), found));
        }
    }

    DdlProblem problem(String what) {
        return problem(line(), what);
    }

    private DdlProblem problem(int line, String what) {
        return new DdlProblem("%s:%d: %s".formatted(file, line, what));
    }

    private int line() {
        if (tokens.isEmpty()) {
            return 1;
        }
        return tokens.get(Math.min(next, tokens.size() - 1)).line();
    }
}
