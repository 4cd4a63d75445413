package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.Map;

/**
 * A table that rows can be written to.
 *
 * @param duckDbName of its rows, in schema {@code data}
 * @param location of its dataset
 * @param defaults DuckDB's SQL of what columns are by default, if anything but NULL
 */
public record WriteTable(
        String duckDbName, List<TableFieldSchema> fields, String location, Map<String, String> defaults) {

    public WriteTable {
        fields = List.copyOf(fields);
        defaults = Map.copyOf(defaults);
    }
}
