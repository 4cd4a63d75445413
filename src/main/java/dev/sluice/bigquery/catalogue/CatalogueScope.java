package dev.sluice.bigquery.catalogue;

import com.google.cloud.bigquery.QueryParameterValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A named part of a table: the rows whose columns have certain values, one of which whoever asks for the part names.
 * Immutable.
 *
 * @param column whose value is asked for
 * @param fixed further columns and the values, as text, that they have in every such part
 */
public record CatalogueScope(String name, String description, TableColumn column, Map<TableColumn, String> fixed) {

    /** What a value may be compared by; the others have no single way of being written. */
    static final List<ColumnType> TYPES =
            List.of(ColumnType.STRING, ColumnType.INT64, ColumnType.BOOL, ColumnType.DATE);

    /**
     * What rows of the part have in which column; to be bound, never written into a statement.
     *
     * @throws IllegalArgumentException if the value does not fit its column
     */
    public Map<String, QueryParameterValue> values(String value) {
        Map<String, QueryParameterValue> values = new LinkedHashMap<>();
        values.put(column.name(), parameter(column, value));
        fixed.forEach((each, text) -> values.put(each.name(), parameter(each, text)));
        return values;
    }

    static QueryParameterValue parameter(TableColumn column, String text) {
        try {
            return switch (column.type()) {
                case INT64 -> QueryParameterValue.int64(Long.parseLong(text));
                case BOOL -> QueryParameterValue.bool(bool(text));
                case DATE -> QueryParameterValue.date(LocalDate.parse(text).toString());
                default -> QueryParameterValue.string(text);
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw notValid(column.type());
        }
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw notValid(ColumnType.BOOL);
        }
        return text.equals("true");
    }

    private static IllegalArgumentException notValid(ColumnType type) {
        return new IllegalArgumentException("not a valid " + type);
    }
}
