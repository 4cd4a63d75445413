/**
 * Faults on demand: which call is hit, by what, and the log of all that were. Knows of BigQuery only what calls are about:
 * datasets and jobs.
 */
@NullMarked
package dev.sluice.local.fault;

import org.jspecify.annotations.NullMarked;
