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
            return Utf8.isWellFormed(bytes, from, to)
                    ? reader.ofSingleCsvRecord(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                    : null;
        } catch (CsvParseException e) {
            return null;
        }
    }
}
