package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes rows that are right and plainly written, which most are: several times as fast as a parser, and without
 * making objects. Of all others it says nothing but that it does not know them. Not thread-safe.
 */
final class PlainRow {

    /** As many as bits in a word; wider tables are for the parser. */
    private static final int MAX_COLUMNS = Long.SIZE;

    private static final int MAX_BYTES = 1 << 20;
    private static final int SURE_INTEGER_DIGITS = 18;
    private static final int SURE_DECIMALS = 9;

    private final RowCursor cursor = new RowCursor();
    private final PlainJson json = new PlainJson(cursor);
    private final TableColumn[] columns;
    private final byte[][] names;
    private final byte[][] heads;
    private final byte @Nullable [] org;
    private final int tenant;
    private final long required;

    /** Which column stood behind each one in the row before; the first of the row stands behind the last of the table. */
    private final int[] following;

    PlainRow(RowColumns columns) {
        this.columns = columns.columns().toArray(TableColumn[]::new);
        this.names = columns.columns().stream()
                .map(column -> column.name().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.heads = Arrays.stream(names).map(PlainRow::head).toArray(byte[][]::new);
        this.org = columns.org() == null ? null : columns.org().getBytes(StandardCharsets.UTF_8);
        this.tenant = columns.tenantPosition();
        this.required = required(columns);
        this.following = new int[names.length + 1];
    }

    private static long required(RowColumns columns) {
        long required = 0;
        for (int i = 0; i < Math.min(MAX_COLUMNS, columns.columns().size()); i++) {
            boolean must = columns.column(i).mode() == ColumnMode.REQUIRED || columns.isTenantColumn(i);
            required |= must ? 1L << i : 0;
        }
        return required;
    }

    /** @return true if the row is right, false if that takes a parser to tell; the bytes are well-formed UTF-8 */
    boolean isRight(byte[] bytes, int from, int to) {
        if (names.length > MAX_COLUMNS || to - from > MAX_BYTES) {
            return false;
        }
        cursor.begin(bytes, from, to);
        if (!cursor.take('{')) {
            return false;
        }
        long seen = 0;
        int position = names.length;
        do {
            position = takeName(position);
            if (position < 0 || (seen & 1L << position) != 0 || !takeValue(position)) {
                return false;
            }
            seen |= 1L << position;
        } while (cursor.take(','));
        return cursor.take('}') && cursor.isAtEnd() && (seen & required) == required;
    }

    /** A column's name and colon, without blanks. */
    private static byte[] head(byte[] name) {
        byte[] head = new byte[name.length + 3];
        System.arraycopy(name, 0, head, 1, name.length);
        head[0] = '"';
        head[name.length + 1] = '"';
        head[name.length + 2] = ':';
        return head;
    }

    /** Up to the value of a member; -1 if it is no column's. */
    private int takeName(int before) {
        if (cursor.takeWord(heads[following[before]])) {
            return following[before];
        }
        if (!cursor.takeText()) {
            return -1;
        }
        for (int i = 0; i < names.length; i++) {
            if (cursor.textIs(names[i])) {
                following[before] = i;
                return cursor.take(':') ? i : -1;
            }
        }
        return -1;
    }

    private boolean takeValue(int position) {
        TableColumn column = columns[position];
        if (column.mode() == ColumnMode.REPEATED) {
            return false;
        }
        if (cursor.peek() == 'n') {
            return cursor.takeNull() && column.mode() == ColumnMode.NULLABLE && position != tenant;
        }
        return switch (column.type()) {
            case STRING -> takeString(column, position);
            case JSON -> position != tenant && json.take();
            case INT64, FLOAT64, NUMERIC, BIGNUMERIC -> position != tenant && takeNumber(column, cursor);
            case BOOL -> position != tenant && cursor.takeBoolean();
            case DATE, TIME, DATETIME, TIMESTAMP -> position != tenant && takeCalendarText(column);
            case BYTES, STRUCT -> false;
        };
    }

    private boolean takeString(TableColumn column, int position) {
        if (!cursor.takeText()) {
            return false;
        }
        Long maxLength = column.limits().maxLength();
        // a text has no more characters than bytes
        boolean fits = maxLength == null || cursor.textTo() - cursor.textFrom() <= maxLength;
        return fits && (position != tenant || org != null && cursor.textIs(org));
    }

    /** A number that the column can hold. */
    static boolean takeNumber(TableColumn column, RowCursor cursor) {
        if (!cursor.takeNumber()
                || cursor.digits() > SURE_INTEGER_DIGITS
                || column.limits().precision() != null) {
            return false;
        }
        return switch (column.type()) {
            case INT64 -> cursor.decimals() == 0;
            case FLOAT64 -> true;
            default -> cursor.decimals() <= SURE_DECIMALS;
        };
    }

    private boolean takeCalendarText(TableColumn column) {
        return cursor.takeText()
                && !cursor.isEscaped()
                && CalendarText.is(column.type(), cursor.bytes(), cursor.textFrom(), cursor.textTo());
    }
}
