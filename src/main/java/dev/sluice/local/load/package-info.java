/**
 * Rows in the formats that a load, an insertAll or an append may have: what files say their columns are, rows as values
 * of a table's columns, and what BigQuery says of rows that do not fit. Knows neither jobs nor REST nor gRPC.
 */
@NullMarked
package dev.sluice.local.load;

import org.jspecify.annotations.NullMarked;
