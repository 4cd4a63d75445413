package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of INFORMATION_SCHEMA for columns and the fields within them. */
final class InformationFields {

    private final StoredTable table;
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

    private InformationFields(StoredTable table) {
        this.table = table;
    }

    static List<Map<String, @Nullable Object>> of(StoredTable table) {
        var fields = new InformationFields(table);
        table.fields().forEach(column -> fields.add(column.getName(), column.getName(), column));
        return fields.rows;
    }

    /** A record is followed by its fields. */
    private void add(String column, String path, TableFieldSchema field) {
        Map<String, @Nullable Object> row = InformationTables.named(table.resource());
        row.put("column_name", column);
        row.put("field_path", path);
        row.put("data_type", InformationTypes.of(field));
        row.put("description", field.getDescription());
        row.put("collation_name", "NULL");
        rows.add(row);
        if (ColumnTypes.isRecord(field)) {
            field.getFields().forEach(member -> add(column, path + "." + member.getName(), member));
        }
    }
}
