/** Turns the GoogleSQL that we vouch for into DuckDB's SQL, and refuses the rest. */
@NullMarked
package dev.sluice.local.sql;

import org.jspecify.annotations.NullMarked;
