package dev.sluice.item;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * CSV records with a header, checked and rewritten as JSON. An empty field is NULL. If the header lacks the tenant
 * column, every row belongs to the organization that the run was started for.
 */
final class CsvRows implements RowFormat {

    private static final CsvReader.CsvReaderBuilder CSV = CsvReader.builder();

    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CsvHeader header;
    private final RowColumns columns;

    private CsvRows(CsvHeader header, RowColumns columns) {
        this.header = header;
        this.columns = columns;
    }

    static CsvRows empty() {
        return new CsvRows(new CsvHeader(new int[0], false), RowColumns.of(List.of(), null, null));
    }

    /** @throws IllegalArgumentException naming every fault of the header; it was checked before the launch */
    static CsvRows withHeader(byte[] bytes, int from, int to, RowColumns columns) {
        CsvHeader header = CsvHeader.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8), columns);
        return new CsvRows(header, columns);
    }

    static CsvRecord parse(String text) {
        return CSV.ofSingleCsvRecord(text);
    }

    @Override
    public @Nullable String accept(byte[] bytes, int from, int to, UnitContent content) {
        CsvRecord fields;
        try {
            fields = parse(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        } catch (CsvParseException e) {
            return "broken CSV";
        }
        if (fields.getFieldCount() != header.positions().length) {
            return "%d fields where the header has %d".formatted(fields.getFieldCount(), header.positions().length);
        }
        String reason = check(fields);
        if (reason == null) {
            byte[] row = write(fields);
            content.row(row, 0, row.length);
        }
        return reason;
    }

    private @Nullable String check(CsvRecord fields) {
        for (int i = 0; i < header.positions().length; i++) {
            int position = header.positions()[i];
            String reason = check(columns.column(position), position, fields.getField(i));
            if (reason != null) {
                return "column " + columns.column(position).name() + ": " + reason;
            }
        }
        return null;
    }

    private @Nullable String check(TableColumn column, int position, String text) {
        if (text.isEmpty()) {
            return column.mode() == ColumnMode.REQUIRED ? "REQUIRED and empty" : null;
        }
        if (columns.isTenantColumn(position) && !text.equals(columns.org())) {
            return "belongs to another organization";
        }
        boolean fits = column.type() == ColumnType.JSON ? isJson(text) : TextValues.fits(column.type(), text);
        return fits ? null : "not a valid " + column.type().name();
    }

    private boolean isJson(String text) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.currentToken() != null && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private byte[] write(CsvRecord fields) {
        line.reset();
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), line, JsonEncoding.UTF8)) {
            out.writeStartObject();
            for (int i = 0; i < header.positions().length; i++) {
                write(out, columns.column(header.positions()[i]), fields.getField(i));
            }
            if (header.tenantMissing()) {
                out.writeStringProperty(
                        Objects.requireNonNull(columns.tenantColumn()), Objects.requireNonNull(columns.org()));
            }
            out.writeEndObject();
        }
        return line.toByteArray();
    }

    private static void write(JsonGenerator out, TableColumn column, String text) {
        if (text.isEmpty()) {
            return;
        }
        out.writeName(column.name());
        if (column.type() == ColumnType.JSON) {
            out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
            return;
        }
        out.writeString(text);
    }
}
