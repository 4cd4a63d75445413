package dev.sluice.item;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * CSV records, checked and rewritten as JSON: at a glance or, if that does not tell, by a parser. If the header lacks the
 * tenant column, every row belongs to the organization that the run was started for.
 */
final class CsvRows implements RowFormat {

    private final JsonFactory json = new JsonFactory();
    private final JsonText jsonText = new JsonText(json);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CsvHeader header;
    private final CsvDialect dialect;
    private final CsvFields csv;
    private final RowColumns columns;
    private final PlainRecord plain;

    CsvRows(CsvHeader header, CsvDialect dialect, RowColumns columns) {
        this.header = header;
        this.dialect = dialect;
        this.csv = new CsvFields(dialect);
        this.columns = columns;
        this.plain = new PlainRecord(header, dialect, columns);
    }

    @Override
    public @Nullable String accept(byte[] bytes, int from, int to, UnitContent content) {
        if (!Utf8.isWellFormed(bytes, from, to)) {
            return "not UTF-8";
        }
        if (!plain.isRight(bytes, from, to)) {
            return parse(bytes, from, to, content);
        }
        content.row(plain.line().bytes(), 0, plain.line().size());
        return null;
    }

    /** What decides in the end; the bytes are well-formed UTF-8. */
    @Nullable
    String parse(byte[] bytes, int from, int to, UnitContent content) {
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
            return ofNull(column, position);
        }
        if (columns.isTenantColumn(position) && !text.equals(columns.org())) {
            return "belongs to another organization";
        }
        if (text.indexOf('\0') >= 0) {
            return "a character that cannot be loaded";
        }
        if (column.type() == ColumnType.JSON) {
            return jsonText.check(column, text);
        }
        return TextValues.fits(column, text) ? null : JsonValueCheck.notValid(column);
    }

    private @Nullable String ofNull(TableColumn column, int position) {
        if (column.mode() == ColumnMode.REQUIRED) {
            return "REQUIRED and NULL";
        }
        return columns.isTenantColumn(position) ? "belongs to no organization" : null;
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
