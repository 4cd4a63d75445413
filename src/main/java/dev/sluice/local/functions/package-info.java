/** Functions of GoogleSQL that DuckDB lacks or computes otherwise, in Java, called from translated SQL as {@code bq_…}. */
@NullMarked
package dev.sluice.local.functions;

import org.jspecify.annotations.NullMarked;
