package dev.sluice.local;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a statement that may name columns. Columns of another table with the same name count, too. */
final class NamedColumns {

    private static final Pattern WORD = Pattern.compile(
            "--[^\\n]*|#[^\\n]*|/\\*.*?\\*/|'(?:\\\\.|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"|@\\w+"
                    + "|(?<word>[A-Za-z_]\\w*)|`(?<quoted>[^`]*)`|(?<sign>\\S)",
            Pattern.DOTALL);
    private static final Set<String> BEFORE_ALL_COLUMNS = Set.of("select", "distinct", "all", ",", ".");

    private final Set<String> words = new HashSet<>();
    private boolean all;

    private NamedColumns() {}

    static NamedColumns of(String sql) {
        var columns = new NamedColumns();
        Matcher matcher = WORD.matcher(sql);
        String before = "";
        while (matcher.find()) {
            String word = matcher.group("word") == null ? matcher.group("quoted") : matcher.group("word");
            String sign = matcher.group("sign");
            if ("*".equals(sign) && BEFORE_ALL_COLUMNS.contains(before)) {
                columns.all = true;
            }
            if (word != null) {
                columns.words.add(word.toLowerCase(Locale.ROOT));
            }
            if (word != null || sign != null) {
                before = word == null ? sign : word.toLowerCase(Locale.ROOT);
            }
        }
        return columns;
    }

    boolean names(String column) {
        return all || words.contains(column.toLowerCase(Locale.ROOT));
    }
}
