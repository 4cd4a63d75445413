package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;

/**
 * A table that rows can be written to.
 *
 * @param duckDbName of its rows, in schema {@code data}
 * @param location of its dataset
 */
public record WriteTable(String duckDbName, List<TableFieldSchema> fields, String location) {

    public WriteTable {
        fields = List.copyOf(fields);
    }
}
