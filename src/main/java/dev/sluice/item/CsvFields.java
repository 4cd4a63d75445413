package dev.sluice.item;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Splits records into fields. */
final class CsvFields {

    private final CsvReader.CsvReaderBuilder reader;

    CsvFields(CsvDialect dialect) {
        this.reader = CsvReader.builder().fieldSeparator(dialect.delimiter()).quoteCharacter(dialect.quote());
    }

    /** Null if it is no CSV record in UTF-8. */
    @Nullable
    CsvRecord parse(byte[] bytes, int from, int to) {
        try {
            if (!Utf8.isWellFormed(bytes, from, to)) {
                return null;
            }
            String record = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            return record.indexOf('\r') >= 0 && isSeveral(record) ? null : reader.ofSingleCsvRecord(record);
        } catch (CsvParseException e) {
            return null;
        }
    }

    /** A carriage return alone ends a record for the parser, which passes over what follows. */
    private boolean isSeveral(String record) {
        return reader.ofCsvRecord(record).stream().limit(2).count() > 1;
    }
}
