package dev.sluice.bigquery;

import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;

/**
 * Rows to append to a table by one load job.
 *
 * @param ignoreUnknown whether members of a row that are no columns are passed over
 * @param rows how many rows the content holds; another number in the job's statistics fails the effect
 */
public record LoadRequest(
        TableId destination, Schema schema, LoadFormat format, boolean ignoreUnknown, long rows, LoadContent content) {

    /** Every member of a row must be a column. */
    public LoadRequest(TableId destination, Schema schema, LoadFormat format, long rows, LoadContent content) {
        this(destination, schema, format, false, rows, content);
    }
}
