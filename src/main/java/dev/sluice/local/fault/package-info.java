/** Faults on demand: which call is hit, by what, and the log of all that were. Knows nothing of BigQuery. */
@NullMarked
package dev.sluice.local.fault;

import org.jspecify.annotations.NullMarked;
