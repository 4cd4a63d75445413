package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions about a table's fields, which may nest. */
final class Fields {

    private Fields() {}

    /** -1 if there is none. */
    static int position(List<TableFieldSchema> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    static String path(String within, TableFieldSchema field) {
        return within.isEmpty() ? field.getName() : within + "." + field.getName();
    }

    /** @throws BadRow if a required value is missing, at whatever depth */
    static void requirePresent(TableFieldSchema field, @Nullable Object value, String within) {
        if (value == null) {
            if (FieldType.isRequired(field)) {
                throw BadRow.missing(path(within, field));
            }
            return;
        }
        if (FieldType.of(field) == FieldType.RECORD && value instanceof Collection<?> values) {
            if (!FieldType.isRepeated(field)) {
                requireMembers(field, values, path(within, field));
                return;
            }
            values.forEach(each -> requireMembers(field, (Collection<?>) each, path(within, field)));
        }
    }

    private static void requireMembers(TableFieldSchema record, Collection<?> values, String within) {
        int i = 0;
        for (Object value : values) {
            requirePresent(record.getFields().get(i), value, within);
            i++;
        }
    }
}
