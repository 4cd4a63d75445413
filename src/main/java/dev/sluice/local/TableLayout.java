package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.HashSet;
import java.util.Locale;
import java.util.stream.Collectors;

/** The DuckDB table behind a table; see src/adr/0003-row-versions.md. */
final class TableLayout {

    private static final String HIDDEN = "_sluice_";

    private TableLayout() {}

    static String createSql(Tables.Stored table) {
        requireColumns(table);
        String columns = table.fields().stream()
                .map(field -> ColumnTypes.quoted(field.getName()) + " " + ColumnTypes.duckDb(field)
                        + ("REQUIRED".equals(field.getMode()) ? " NOT NULL" : "") + ", ")
                .collect(Collectors.joining());
        return "CREATE TABLE %s (%s_sluice_from BIGINT NOT NULL, _sluice_to BIGINT)"
                .formatted(table.duckDbName(), columns);
    }

    private static void requireColumns(Tables.Stored table) {
        var names = new HashSet<String>();
        for (TableFieldSchema field : table.fields()) {
            String name = String.valueOf(field.getName()).toLowerCase(Locale.ROOT);
            if (name.startsWith(HIDDEN) || !names.add(name)) {
                throw ApiError.invalid("Invalid or duplicate field name \"%s\"".formatted(field.getName()));
            }
        }
    }
}
