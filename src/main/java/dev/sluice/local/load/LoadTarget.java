package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;

/**
 * Where a load's rows go.
 *
 * @param table of DuckDB's schema {@code data}
 * @param commit that stamps the rows
 */
public record LoadTarget(String table, List<TableFieldSchema> fields, long commit, LoadingJob job) {

    public LoadTarget {
        fields = List.copyOf(fields);
    }
}
