/**
 * Files of rows in the formats that a load may have: what they say their columns are, their rows as values of a table's
 * columns, and what BigQuery says of rows that do not fit. Knows neither jobs nor REST.
 */
@NullMarked
package dev.sluice.local.load;

import org.jspecify.annotations.NullMarked;
