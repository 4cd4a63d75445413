/**
 * Rows in the formats that a load, an insertAll or an append may have: what files say their columns are, rows as values
 * of a table's columns, and what BigQuery says of rows that do not fit. Knows neither jobs nor REST nor gRPC.
 *
 * <p>JSON is read in one of two ways. What is right and what is wrong is said by {@link dev.sluice.local.load.JsonRow},
 * with Jackson, row by row. Files whose every line is plain, {@code PlainRow}, hold nothing on which DuckDB would decide
 * otherwise, and are read by DuckDB. {@code dev.sluice.item} has a {@code PlainRow}, too, which says what may be sent: they
 * share nothing, since who receives is the witness of who sends.
 */
@NullMarked
package dev.sluice.local.load;

import org.jspecify.annotations.NullMarked;
