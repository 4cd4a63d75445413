package dev.sluice.bigquery;

import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;

/**
 * Rows to append to a table by one load job.
 *
 * @param rows how many rows the content holds; another number in the job's statistics fails the effect
 */
public record LoadRequest(TableId destination, Schema schema, LoadFormat format, long rows, LoadContent content) {}
