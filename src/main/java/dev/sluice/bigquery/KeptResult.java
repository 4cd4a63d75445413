package dev.sluice.bigquery;

import java.time.Instant;

/**
 * A result that BigQuery keeps for about a day, in an order that does not change.
 *
 * @param bigQueryJobId by which it is found again
 * @param asOf when the BigQuery job started, and so whose rows it saw
 */
public record KeptResult(String bigQueryJobId, Instant asOf) {}
