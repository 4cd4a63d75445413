package dev.sluice.bigquery;

import java.util.Optional;

/** Kept results until the door closes. */
final class ResultsWhileOpen implements BigQueryResults {

    private final BigQueryResults results;
    private final OpenDoor door;

    ResultsWhileOpen(BigQueryResults results, OpenDoor door) {
        this.results = results;
        this.door = door;
    }

    @Override
    public KeptResult keep(SqlStatement statement, Deadline deadline) {
        return door.during("query " + statement.name(), () -> results.keep(statement, deadline));
    }

    @Override
    public Optional<ResultPage> page(String bigQueryJobId, long row, Deadline deadline) {
        return door.during(
                "read BigQuery job %s on at row %d".formatted(bigQueryJobId, row),
                () -> results.page(bigQueryJobId, row, deadline));
    }
}
