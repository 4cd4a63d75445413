package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;

/** Values of columns from the texts of their cells. */
public final class CellValues {

    private CellValues() {}

    /**
     * @param field neither a record nor repeated
     * @param text as an answer has it, a TIMESTAMP in microseconds
     * @return what {@link RowAppender} takes
     */
    public static Object of(TableFieldSchema field, String text) {
        FieldType type = FieldType.of(field);
        return switch (type) {
            case TIMESTAMP -> ColumnValue.epochMicros(Long.parseLong(text));
            case JSON -> text;
            default -> ColumnValue.of(type, text);
        };
    }
}
