package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes CSV records that are right and plainly written, which most are, and writes them as JSON: several times as fast
 * as parser and generator, and without making objects. Of all others it says nothing but that it does not know them. Not
 * thread-safe.
 */
final class PlainRecord {

    private static final int MAX_BYTES = 1 << 20;

    private final PlainFields fields;
    private final PlainText texts = new PlainText();
    private final JsonLine line = new JsonLine();
    private final @Nullable Loaded[] loaded;
    private final byte[] nullMarker;
    private final byte[] tenant;
    private final int mostBytesAround;
    private final boolean usable;

    /**
     * A field's column.
     *
     * @param head its name as JSON, and the colon
     * @param only the text that it must have; null unless it is the tenant column
     */
    private record Loaded(TableColumn column, byte[] head, byte @Nullable [] only) {}

    PlainRecord(CsvHeader header, CsvDialect dialect, RowColumns columns) {
        this.fields = new PlainFields(dialect);
        this.loaded = Arrays.stream(header.positions())
                .mapToObj(position -> position < 0 ? null : loaded(columns, position))
                .toArray(Loaded[]::new);
        this.nullMarker = utf8(dialect.nullMarker());
        this.tenant = header.tenantMissing()
                ? utf8(",\"%s\":\"%s\"".formatted(columns.tenantColumn(), columns.org()))
                : new byte[0];
        this.mostBytesAround = mostBytesAround();
        this.usable = isPlainQuote(dialect)
                && (columns.tenantColumn() == null || columns.org() != null)
                && columns.columns().stream().allMatch(column -> isPlain(utf8(column.name())));
    }

    private static Loaded loaded(RowColumns columns, int position) {
        TableColumn column = columns.column(position);
        byte[] only = columns.isTenantColumn(position) ? utf8(String.valueOf(columns.org())) : null;
        return new Loaded(column, utf8("\"" + column.name() + "\":"), only);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Not one that JSON escapes, which is not looked for where it is written twice. */
    private static boolean isPlainQuote(CsvDialect dialect) {
        return dialect.quote() == CsvDialect.NO_QUOTE || dialect.quote() >= ' ' && dialect.quote() != '\\';
    }

    private static boolean isPlain(byte[] name) {
        return Words.endOfText(name, 0, name.length) == name.length;
    }

    /** Names, quotes, commas and braces. */
    private int mostBytesAround() {
        int most = 2 + tenant.length;
        for (Loaded field : loaded) {
            most += field == null ? 0 : field.head().length + 3;
        }
        return most;
    }

    /** @return whether the record is right and its {@link #line()} has been written; the bytes are well-formed UTF-8 */
    boolean isRight(byte[] bytes, int from, int to) {
        if (!usable || to - from > MAX_BYTES) {
            return false;
        }
        fields.begin(bytes, from, to);
        line.begin(mostBytesAround + 2 * (to - from));
        line.add('{');
        int field = 0;
        do {
            if (field == loaded.length || !fields.take() || !write(loaded[field])) {
                return false;
            }
            field++;
        } while (fields.takeDelimiter());
        line.add(tenant, line.size() == 1 ? Math.min(1, tenant.length) : 0, tenant.length);
        line.add('}');
        return field == loaded.length;
    }

    private boolean write(@Nullable Loaded field) {
        if (field == null) {
            return true;
        }
        byte[] text = fields.bytes();
        int from = fields.textFrom();
        int to = fields.textTo();
        if (PlainText.is(nullMarker, text, from, to)) {
            return field.column().mode() != ColumnMode.REQUIRED && field.only() == null;
        }
        boolean right = (field.only() == null || PlainText.is(field.only(), text, from, to))
                && texts.fits(field.column(), text, from, to);
        if (right) {
            write(field, text, from, to);
        }
        return right;
    }

    private void write(Loaded field, byte[] text, int from, int to) {
        if (line.size() > 1) {
            line.add(',');
        }
        line.add(field.head());
        if (field.column().type() == ColumnType.JSON || field.column().type() == ColumnType.BOOL) {
            line.add(text, from, to);
            return;
        }
        line.add('"');
        if (fields.isEscapable()) {
            line.addEscaped(text, from, to);
        } else {
            line.add(text, from, to);
        }
        line.add('"');
    }

    JsonLine line() {
        return line;
    }
}
