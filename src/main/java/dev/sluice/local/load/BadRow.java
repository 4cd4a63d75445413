package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A row that does not fit its table. */
public final class BadRow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String toStreamers;

    private BadRow(String field, String message, String toStreamers) {
        super(message, null, false, false);
        this.field = field;
        this.toStreamers = toStreamers;
    }

    static BadRow of(String message) {
        return new BadRow("", message, message);
    }

    static BadRow unknown(String field) {
        return new BadRow(field, "No such field: %s.".formatted(field), "no such field: %s.".formatted(field));
    }

    static BadRow missing(String field) {
        String message = "Missing required field: %s.".formatted(field);
        return new BadRow(field, message, message);
    }

    static BadRow array(String path, TableFieldSchema field) {
        String message = "Array specified for non-repeated field: %s.".formatted(field.getName());
        return new BadRow(path, message, message);
    }

    /** @param what the column's limit says of the value */
    static BadRow beyond(String path, String what) {
        return new BadRow(path, "Field %s: %s".formatted(path, what), what);
    }

    /** @param what insertAll says of the value, which it does not take */
    public static BadRow outside(String field, String what) {
        return new BadRow(field, what, what);
    }

    /** @param value what the row has, told to nobody but its sender; null if it is not a scalar */
    static BadRow unfit(String path, TableFieldSchema field, @Nullable String value) {
        String type = FieldType.of(field).name();
        String toStreamers = value == null
                ? "This field: %s is not a record.".formatted(path)
                : "Cannot convert value to %s (bad value): %s".formatted(type.toLowerCase(Locale.ROOT), value);
        return new BadRow(path, "Could not convert value to %s. Field: %s;".formatted(type, path), toStreamers);
    }

    /** Its path, with dots; empty if the row as a whole is bad. */
    public String field() {
        return field;
    }

    /** What insertAll says, which quotes the value. */
    public String toStreamers() {
        return toStreamers;
    }
}
