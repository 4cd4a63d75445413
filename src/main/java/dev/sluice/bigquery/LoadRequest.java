package dev.sluice.bigquery;

import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import java.util.Set;

/**
 * Rows to append to a table by one load job.
 *
 * @param options what else the load may do; none, and every member of a row must be a column
 * @param rows how many rows the content holds; another number in the job's statistics fails the effect
 */
public record LoadRequest(
        TableId destination,
        Schema schema,
        LoadFormat format,
        Set<LoadOption> options,
        long rows,
        LoadContent content) {

    public LoadRequest {
        options = Set.copyOf(options);
    }

    public LoadRequest(TableId destination, Schema schema, LoadFormat format, long rows, LoadContent content) {
        this(destination, schema, format, Set.of(), rows, content);
    }
}
