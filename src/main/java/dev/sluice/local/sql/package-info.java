/**
 * Turns the GoogleSQL that we vouch for into DuckDB's SQL, and refuses the rest.
 *
 * <p>A statement is parsed by recursive descent into a small tree, each expression of the tree gets its BigQuery type, and
 * only then DuckDB's SQL is written. Copying words cannot be right: what {@code /}, {@code +}, {@code =} or ORDER BY mean
 * depends on types, and DuckDB resolves names otherwise than BigQuery does. So names are resolved here and written as
 * generated aliases, every conversion is explicit, and where the two engines differ only for some values (NaN, division
 * by zero, non-ASCII case), the SQL that is written raises an error for those values.
 *
 * <p>On the way it tells which columns, partitions and blocks of its tables a statement reads.
 */
@NullMarked
package dev.sluice.local.sql;

import org.jspecify.annotations.NullMarked;
