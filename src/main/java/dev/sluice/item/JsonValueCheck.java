package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Whether a JSON value can be loaded into a column of a type. */
final class JsonValueCheck {

    private JsonValueCheck() {}

    /** @return null if it can, otherwise why not */
    static @Nullable String of(ColumnType type, JsonParser parser, JsonToken token) {
        if (type == ColumnType.JSON) {
            return JsonColumn.check(parser);
        }
        boolean fits = switch (token) {
            case VALUE_STRING -> type == ColumnType.STRING || TextValues.fits(type, parser.getString());
            case VALUE_NUMBER_INT -> isNumeric(type) && TextValues.fits(type, parser.getString());
            case VALUE_NUMBER_FLOAT -> isDecimal(type) && TextValues.fits(type, parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> type == ColumnType.BOOL;
            default -> false;
        };
        return fits ? null : "not a valid " + type;
    }

    private static boolean isNumeric(ColumnType type) {
        return type == ColumnType.INT64 || isDecimal(type);
    }

    private static boolean isDecimal(ColumnType type) {
        return type == ColumnType.FLOAT64 || type == ColumnType.NUMERIC || type == ColumnType.BIGNUMERIC;
    }
}
