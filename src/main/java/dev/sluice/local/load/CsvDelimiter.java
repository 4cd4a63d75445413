package dev.sluice.local.load;

import java.io.IOException;
import java.util.List;

/** The character between the values of a CSV file, as schema detection finds it. */
final class CsvDelimiter {

    private static final List<Character> KNOWN = List.of(',', '|', '\t');
    private static final int LOOKED_AT = 20;

    private CsvDelimiter() {}

    /** The one by which all of the first rows have the same number of values, and the most; a comma if there is none. */
    static char of(SourceFile file, CsvSettings settings) throws IOException {
        char best = ',';
        int most = 1;
        for (char delimiter : KNOWN) {
            int width = width(file, settings.delimitedBy(delimiter));
            if (width > most) {
                best = delimiter;
                most = width;
            }
        }
        return best;
    }

    /** How many values each row has; 0 if not all have as many. */
    private static int width(SourceFile file, CsvSettings settings) throws IOException {
        int width = 0;
        try (CsvRecords records = CsvRecords.open(file, settings)) {
            List<CsvRecords.Field> row = records.next();
            for (int i = 0; row != null && i < LOOKED_AT; i++) {
                if (i >= settings.skipLeadingRows()) {
                    if (width > 0 && width != row.size()) {
                        return 0;
                    }
                    width = row.size();
                }
                row = records.next();
            }
        } catch (BadRow e) {
            return 0;
        }
        return width;
    }
}
