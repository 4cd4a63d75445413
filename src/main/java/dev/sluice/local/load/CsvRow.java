package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** CSV records as rows of a table. Only a value that is not quoted can be NULL. */
final class CsvRow {

    private final CsvSettings settings;
    private final List<TableFieldSchema> columns;
    private final int[] positions;
    private final List<TableFieldSchema> fields;

    /** @param columns of the file, in its order; each is one of the table's fields */
    CsvRow(CsvSettings settings, List<TableFieldSchema> columns, List<TableFieldSchema> fields) {
        this.settings = settings;
        this.columns = columns;
        this.fields = fields;
        this.positions = columns.stream()
                .mapToInt(column -> Fields.position(fields, column.getName()))
                .toArray();
        columns.forEach(CsvRow::requireFlat);
    }

    private static void requireFlat(TableFieldSchema column) {
        if (FieldType.isRepeated(column) || FieldType.of(column) == FieldType.RECORD) {
            throw LoadRefused.invalid(
                    "Failed to load CSV: nested or repeated fields are not supported. Field: " + column.getName());
        }
    }

    /** @throws BadRow if it does not fit */
    @Nullable
    Object[] values(List<CsvRecords.Field> row) {
        if (row.size() < columns.size() && !settings.jagged()) {
            throw BadRow.of("Too few values: %d; expected %d.".formatted(row.size(), columns.size()));
        }
        if (row.size() > columns.size() && !settings.ignoreUnknown()) {
            throw BadRow.of("Too many values in row: %d; expected %d.".formatted(row.size(), columns.size()));
        }
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < Math.min(columns.size(), row.size()); i++) {
            values[positions[i]] = value(fields.get(positions[i]), row.get(i));
        }
        return values;
    }

    private @Nullable Object value(TableFieldSchema field, CsvRecords.Field given) {
        if (!given.quoted() && settings.nullMarkers().contains(given.text())) {
            return null;
        }
        if (given.quoted() && !settings.quotedNewlines() && given.text().indexOf('\n') >= 0) {
            throw BadRow.of("A quoted value has a newline; set allowQuotedNewlines. Field: " + field.getName() + ";");
        }
        if (!settings.controls() && given.text().indexOf('\0') >= 0) {
            throw BadRow.of("Bad character (ASCII 0) encountered. Field: " + field.getName() + ";");
        }
        FieldType type = FieldType.of(field);
        try {
            return switch (type) {
                case BOOLEAN -> bool(given.text());
                case INTEGER -> Long.parseLong(given.text());
                default -> ColumnValue.of(type, given.text());
            };
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw BadRow.unfit(field.getName(), field, given.text());
        }
    }

    private static Object bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw new IllegalArgumentException("not a bool");
        };
    }
}
