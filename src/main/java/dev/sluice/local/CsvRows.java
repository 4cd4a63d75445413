package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Comma-separated rows. Only a value that is not quoted can be NULL. */
final class CsvRows implements RowSource {

    private static final int MAX_FIELD = 100 * 1024 * 1024;
    /** A character that no text holds, where nothing is quoted. */
    private static final char NO_QUOTE = '\uFFFF';

    private final CsvSettings settings;
    private final List<TableFieldSchema> columns;
    private final List<TableFieldSchema> fields;

    /** @param columns of the file, in its order; each is one of the table's fields */
    CsvRows(CsvSettings settings, List<TableFieldSchema> columns, List<TableFieldSchema> fields) {
        this.settings = settings;
        this.columns = columns;
        this.fields = fields;
    }

    private record Field(String text, boolean quoted) {}

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

    @Override
    public void read(BufferedReader file, Sink rows) throws IOException {
        char quote = settings.quote() == null ? NO_QUOTE : settings.quote();
        try (CsvReader<List<Field>> reader = CsvReader.builder()
                .fieldSeparator(settings.delimiter())
                .quoteCharacter(quote)
                .skipEmptyLines(true)
                .allowExtraCharsAfterClosingQuote(false)
                .maxBufferSize(MAX_FIELD)
                .build(new Fields(), file)) {
            long skip = settings.skipLeadingRows();
            for (List<Field> row : reader) {
                if (skip > 0) {
                    skip--;
                    continue;
                }
                rows.row(values(row, rows.number()));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw bad(rows.number(), "the row is not CSV.");
        }
    }

    private @Nullable Object[] values(List<Field> row, long number) {
        if (row.size() != columns.size()) {
            String what = row.size() < columns.size() ? "Too few values: %d" : "Too many values in row: %d";
            throw bad(number, (what + "; expected %d.").formatted(row.size(), columns.size()));
        }
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < columns.size(); i++) {
            TableFieldSchema field = columns.get(i);
            values[RowSource.position(fields, field.getName())] = value(field, row.get(i), number);
        }
        return values;
    }

    private @Nullable Object value(TableFieldSchema field, Field given, long number) {
        if (!given.quoted() && given.text().equals(settings.nullMarker())) {
            return null;
        }
        if (given.quoted() && !settings.quotedNewlines() && given.text().indexOf('\n') >= 0) {
            throw bad(number, "A quoted value has a newline; set allowQuotedNewlines. Field: " + field.getName() + ";");
        }
        try {
            return ColumnTypes.standard(field.getType()).equals("BOOLEAN")
                    ? bool(given.text())
                    : convert(field.getType(), given.text());
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw bad(number, RowSource.cannotConvert(field));
        }
    }

    private static Object convert(String type, String text) {
        return type.equals("JSON") ? JsonValues.parsed(text) : ColumnValue.of(type, text);
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw new IllegalArgumentException("not a bool");
        };
    }

    private static ApiError bad(long row, String what) {
        return RowSource.bad("CSV", row, what);
    }
}
