package dev.sluice.cli;

import dev.sluice.runs.ObservedQuery;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Observed BigQuery jobs in words. */
final class QueryText {

    static final List<String> HEADS = List.of(
            "SEVERITY",
            "OPERATION",
            "OUTCOME",
            "TIER",
            "ORG",
            "RUN",
            "TOOK",
            "PROCESSED",
            "BILLED",
            "SLOT MS",
            "ROWS",
            "RETRIES",
            "USD",
            "BIGQUERY JOB");

    private QueryText() {}

    static List<String> row(ObservedQuery query) {
        return List.of(
                query.severity(),
                query.operation(),
                query.outcome(),
                query.tier(),
                or(query.org()),
                or(query.run()),
                String.format(Locale.ROOT, "%.1f s", query.elapsedMillis() / 1000.0),
                RunText.number(query.bytesProcessed()),
                Boolean.TRUE.equals(query.cacheHit()) ? "cached" : RunText.number(query.bytesBilled()),
                RunText.number(query.slotMillis()),
                RunText.number(query.rows()),
                String.valueOf(query.retries()),
                query.costUsd() == null ? "-" : query.costUsd().toPlainString(),
                or(query.bigQueryJobId()));
    }

    private static String or(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
