package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;

/**
 * Recognizes texts that are values of a column and plainly written. Of all others it says nothing but that it does not know
 * them: {@link TextValues} decides. Not thread-safe.
 */
final class PlainText {

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private final RowCursor cursor = new RowCursor();
    private final PlainJson json = new PlainJson(cursor);

    /** @param bytes well-formed UTF-8 */
    boolean fits(TableColumn column, byte[] bytes, int from, int to) {
        return switch (column.type()) {
            // a text has no more characters than bytes
            case STRING ->
                column.limits().maxLength() == null
                        || to - from <= column.limits().maxLength();
            case INT64, FLOAT64, NUMERIC, BIGNUMERIC -> isNumber(column, bytes, from, to);
            case BOOL -> is(TRUE, bytes, from, to) || is(FALSE, bytes, from, to);
            case DATE, TIME, DATETIME, TIMESTAMP -> CalendarText.is(column.type(), bytes, from, to);
            case JSON -> isJson(column, bytes, from, to);
            case BYTES, STRUCT -> false;
        };
    }

    private boolean isNumber(TableColumn column, byte[] bytes, int from, int to) {
        cursor.begin(bytes, from, to);
        // JSON may have blanks before a number, a field may not
        return from < to && bytes[from] != ' ' && PlainRow.takeNumber(column, cursor) && cursor.isAtEnd();
    }

    private boolean isJson(TableColumn column, byte[] bytes, int from, int to) {
        cursor.begin(bytes, from, to);
        boolean mayBeNull = column.mode() != ColumnMode.REQUIRED;
        return (mayBeNull || cursor.peek() != 'n') && json.take() && cursor.isAtEnd();
    }

    static boolean is(byte[] wanted, byte[] bytes, int from, int to) {
        return to - from == wanted.length && Words.are(wanted, bytes, from);
    }
}
