/** Judges, counts and keeps what BigQuery jobs cost and how long they were waited for; known to nobody. */
@NullMarked
package dev.sluice.bigquery.monitor;

import org.jspecify.annotations.NullMarked;
