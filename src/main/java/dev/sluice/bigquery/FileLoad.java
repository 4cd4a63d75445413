package dev.sluice.bigquery;

import com.google.cloud.bigquery.TableId;

/**
 * Files that one load job reads as they are. How many rows they hold is BigQuery's to say.
 *
 * @param destination exists already
 * @param first whether the table becomes as these files are, in rows and columns; others add to it
 */
public record FileLoad(TableId destination, FileLayout layout, FileOrigin origin, boolean first) {}
