package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a column, or of a field within one, besides its type.
 *
 * @param defaultValue GoogleSQL of what it is if nothing is written into it; null for NULL
 * @param fields of a struct, or of an array's structs; empty if nothing is said of them
 */
public record ColumnDetails(
        boolean required,
        @Nullable String description,
        @Nullable String defaultValue,
        TypeLimits limits,
        List<ColumnDetails> fields) {

    public static final ColumnDetails NONE = new ColumnDetails(false, null, null, TypeLimits.NONE, List.of());

    public ColumnDetails {
        fields = List.copyOf(fields);
    }

    /** Of a field, by its place. */
    public ColumnDetails field(int place) {
        return fields.isEmpty() ? NONE : fields.get(place);
    }

    /** Whether values of it, or of something within it, may be refused or changed when they are written. */
    boolean isLimited() {
        return !limits.equals(TypeLimits.NONE)
                || fields.stream().anyMatch(field -> field.required() || field.isLimited());
    }
}
