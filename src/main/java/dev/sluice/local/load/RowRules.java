package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a table's columns demand of values besides their types, at whatever depth: that they are there, and their limits. */
public final class RowRules {

    private final List<TableFieldSchema> fields;
    private final boolean[] limited;

    public RowRules(List<TableFieldSchema> fields) {
        this.fields = fields;
        this.limited = new boolean[fields.size()];
        for (int i = 0; i < limited.length; i++) {
            limited[i] = isLimited(fields.get(i));
        }
    }

    /** Whether values may be too long for the column, or have too many digits. */
    static boolean isLimited(TableFieldSchema field) {
        return FieldType.of(field) == FieldType.RECORD
                ? field.getFields().stream().anyMatch(RowRules::isLimited)
                : ValueLimits.has(field);
    }

    /**
     * Rounds what has more decimals than its column.
     *
     * @throws BadRow if a required value is missing, or one is too long or too large
     */
    public void apply(@Nullable Object[] row) {
        for (int i = 0; i < row.length; i++) {
            if (LackingRows.LACKS.equals(row[i])) {
                continue;
            }
            Fields.requirePresent(fields.get(i), row[i], "");
            if (limited[i]) {
                row[i] = kept(fields.get(i), row[i], "");
            }
        }
    }

    private static @Nullable Object kept(TableFieldSchema field, @Nullable Object value, String within) {
        if (value == null) {
            return null;
        }
        String path = Fields.path(within, field);
        if (!FieldType.isRepeated(field) || !(value instanceof Collection<?> elements)) {
            return single(field, value, path);
        }
        List<Object> kept = new ArrayList<>();
        elements.forEach(element -> kept.add(single(field, element, path)));
        return kept;
    }

    private static Object single(TableFieldSchema field, Object value, String path) {
        if (!(value instanceof Collection<?> members)) {
            return ValueLimits.kept(field, value, path);
        }
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object member : members) {
            kept.add(kept(field.getFields().get(kept.size()), member, path));
        }
        return kept;
    }
}
