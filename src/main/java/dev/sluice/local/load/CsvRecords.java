package dev.sluice.local.load;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of one CSV file, blank lines left out. Used once. */
final class CsvRecords implements AutoCloseable {

    private static final int MAX_FIELD = 100 * 1024 * 1024;
    /** A character that no text holds, where nothing is quoted. */
    private static final char NO_QUOTE = '\uFFFF';

    private final CsvReader<List<Field>> reader;
    private final Iterator<List<Field>> records;

    private CsvRecords(CsvReader<List<Field>> reader) {
        this.reader = reader;
        this.records = reader.iterator();
    }

    static CsvRecords open(SourceFile file, CsvSettings settings) throws IOException {
        return new CsvRecords(CsvReader.builder()
                .fieldSeparator(settings.delimiter())
                .quoteCharacter(settings.quote() == null ? NO_QUOTE : settings.quote())
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .allowExtraCharsAfterClosingQuote(false)
                .maxBufferSize(MAX_FIELD)
                .build(new Fields(), new MarkedEnd(file.replacedText(settings.charset()))));
    }

    record Field(String text, boolean quoted) {}

    /** Keeps what FastCSV's own records forget: whether a field was quoted. */
    private static final class Fields extends AbstractBaseCsvCallbackHandler<List<Field>> {

        private List<Field> fields = new ArrayList<>();

        @Override
        protected void handleBegin(long line) {
            fields = new ArrayList<>();
        }

        @Override
        protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
            fields.add(new Field(new String(text, offset, length), quoted));
        }

        @Override
        protected List<Field> buildRecord() {
            return fields;
        }
    }

    /**
     * The next one; null after the last.
     *
     * @throws BadRow if it is not CSV; what follows it cannot be read
     */
    @Nullable
    List<Field> next() throws IOException {
        try {
            return records.hasNext() ? known(records.next()) : null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw BadRow.of("the row is not CSV.");
        }
    }

    private @Nullable List<Field> known(List<Field> row) {
        Field last = row.get(row.size() - 1);
        if (!last.text().endsWith(MarkedEnd.MARK) || records.hasNext()) {
            return row;
        }
        if (last.quoted()) {
            throw BadRow.of("Missing close quote character.");
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
