package dev.sluice.jobs.bulkinsert;

import dev.sluice.definition.Suggestion;
import dev.sluice.item.CsvDialect;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the parameters that say how a CSV file is written; characters that shells take may be given by name. */
final class CsvOptions {

    private static final Map<String, Character> DELIMITERS =
            new TreeMap<>(Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|', "space", ' ', "\\t", '\t'));
    private static final Map<String, Character> QUOTES =
            new TreeMap<>(Map.of("double", '"', "single", '\'', "none", CsvDialect.NO_QUOTE));
    private static final String NEVER = "\0\r\n";

    private CsvOptions() {}

    static CsvDialect dialect(BulkInsertParameters parameters, List<String> problems) {
        char delimiter = character("delimiter", parameters.delimiter(), DELIMITERS, problems);
        char quote = character("quote", parameters.quote(), QUOTES, problems);
        if (delimiter == quote && delimiter != CsvDialect.NO_QUOTE) {
            problems.add("delimiter and quote must be different characters");
        }
        return new CsvDialect(delimiter, quote, parameters.header(), parameters.nullMarker());
    }

    private static char character(String name, String text, Map<String, Character> known, List<String> problems) {
        Character named = known.get(text);
        if (named != null) {
            return named;
        }
        if (text.length() == 1 && text.charAt(0) < 0x80 && NEVER.indexOf(text.charAt(0)) < 0) {
            return text.charAt(0);
        }
        problems.add("parameter '%s' must be one ASCII character or one of: %s%s"
                .formatted(name, String.join(", ", known.keySet()), Suggestion.of(text, known.keySet())));
        return CsvDialect.NO_QUOTE;
    }
}
