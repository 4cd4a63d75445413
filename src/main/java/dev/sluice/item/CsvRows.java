package dev.sluice.item;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * CSV records with a header, checked and rewritten as JSON. If the header lacks the tenant
 * column, every row belongs to the organization that the run was started for.
 */
final class CsvRows implements RowFormat {

    private static final String NOT_JSON = "not a valid JSON";

    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CsvHeader header;
    private final CsvDialect dialect;
    private final CsvFields csv;
    private final RowColumns columns;

    CsvRows(CsvHeader header, CsvDialect dialect, RowColumns columns) {
        this.header = header;
        this.dialect = dialect;
        this.csv = new CsvFields(dialect);
        this.columns = columns;
    }

    @Override
    public @Nullable String accept(byte[] bytes, int from, int to, UnitContent content) {
        if (!Utf8.isWellFormed(bytes, from, to)) {
            return "not UTF-8";
        }
        CsvRecord fields = csv.parse(bytes, from, to);
        if (fields == null) {
            return "broken CSV";
        }
        if (fields.getFieldCount() != header.positions().length) {
            return "%d fields where the %s has %d"
                    .formatted(
                            fields.getFieldCount(), dialect.header() ? "header" : "table", header.positions().length);
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
            String reason = position < 0 ? null : check(columns.column(position), position, fields.getField(i));
            if (reason != null) {
                return "column " + columns.column(position).name() + ": " + reason;
            }
        }
        return null;
    }

    private @Nullable String check(TableColumn column, int position, String text) {
        if (dialect.isNull(text)) {
            return column.mode() == ColumnMode.REQUIRED ? "REQUIRED and NULL" : null;
        }
        if (columns.isTenantColumn(position) && !text.equals(columns.org())) {
            return "belongs to another organization";
        }
        if (text.indexOf('\0') >= 0) {
            return "a character that cannot be loaded";
        }
        if (column.type() == ColumnType.JSON) {
            return checkJson(column, text);
        }
        return TextValues.fits(column, text) ? null : JsonValueCheck.notValid(column);
    }

    private @Nullable String checkJson(TableColumn column, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.VALUE_NULL && column.mode() == ColumnMode.REQUIRED) {
                return "REQUIRED and null";
            }
            String reason = first == null ? NOT_JSON : JsonColumn.check(parser);
            if (reason != null) {
                return reason;
            }
            return parser.nextToken() == null && JsonEscapes.areLoadable(bytes, 0, bytes.length) ? null : NOT_JSON;
        } catch (JacksonException e) {
            return NOT_JSON;
        }
    }

    private byte[] write(CsvRecord fields) {
        line.reset();
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), line, JsonEncoding.UTF8)) {
            out.writeStartObject();
            for (int i = 0; i < header.positions().length; i++) {
                if (header.positions()[i] >= 0) {
                    write(out, columns.column(header.positions()[i]), fields.getField(i));
                }
            }
            if (header.tenantMissing()) {
                out.writeStringProperty(
                        Objects.requireNonNull(columns.tenantColumn()), Objects.requireNonNull(columns.org()));
            }
            out.writeEndObject();
        }
        return line.toByteArray();
    }

    private void write(JsonGenerator out, TableColumn column, String text) {
        if (dialect.isNull(text)) {
            return;
        }
        out.writeName(column.name());
        if (column.type() == ColumnType.JSON) {
            out.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
            return;
        }
        if (column.type() == ColumnType.BOOL) {
            out.writeBoolean(Boolean.parseBoolean(text));
            return;
        }
        out.writeString(text);
    }
}
