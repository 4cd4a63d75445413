package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.bigquery.catalogue.TypeLimits;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Whether a JSON value can be loaded into a column of a type. */
final class JsonValueCheck {

    private JsonValueCheck() {}

    /** @return null if it can, otherwise why not */
    static @Nullable String of(TableColumn column, JsonParser parser, JsonToken token) {
        ColumnType type = column.type();
        if (type == ColumnType.JSON) {
            return JsonColumn.check(parser);
        }
        boolean fits = switch (token) {
            case VALUE_STRING -> isUnlimitedText(column) || TextValues.fits(column, parser.getString());
            case VALUE_NUMBER_INT -> isNumeric(type) && TextValues.fits(column, parser.getString());
            case VALUE_NUMBER_FLOAT -> isDecimal(type) && TextValues.fits(column, parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> type == ColumnType.BOOL;
            default -> false;
        };
        return fits ? null : notValid(column);
    }

    /** Such a value need not be looked at. */
    private static boolean isUnlimitedText(TableColumn column) {
        return column.type() == ColumnType.STRING && column.limits().maxLength() == null;
    }

    /** Names the type as people declare it. */
    static String notValid(TableColumn column) {
        TypeLimits limits = column.limits();
        String declared = limits.maxLength() != null
                ? "(%d)".formatted(limits.maxLength())
                : limits.precision() != null ? "(%d, %d)".formatted(limits.precision(), limits.scale()) : "";
        return "not a valid " + column.type() + declared;
    }

    private static boolean isNumeric(ColumnType type) {
        return type == ColumnType.INT64 || isDecimal(type);
    }

    private static boolean isDecimal(ColumnType type) {
        return type == ColumnType.FLOAT64 || type == ColumnType.NUMERIC || type == ColumnType.BIGNUMERIC;
    }
}
