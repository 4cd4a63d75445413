package dev.sluice.kill;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a repository and BigQuery have on record.
 *
 * @param tables every row of every table, by the table's name
 * @param jobs ids of the BigQuery jobs that succeeded
 */
record History(Map<String, List<Map<String, Object>>> tables, List<String> jobs) {

    private static final List<String> OF_A_RUN = List.of(
            "BATCH_JOB_INSTANCE",
            "BATCH_JOB_EXECUTION",
            "BATCH_JOB_EXECUTION_CONTEXT",
            "BATCH_STEP_EXECUTION",
            "BATCH_STEP_EXECUTION_CONTEXT",
            "SLUICE_LEASE",
            "SLUICE_INTENT",
            "SLUICE_SOURCE",
            "SLUICE_PUBLICATION",
            "SLUICE_RECEIPT",
            "SLUICE_DEAD_LETTER");

    static History of(KillableHome home) throws IOException {
        JdbcClient repository = home.repository();
        Map<String, List<Map<String, Object>>> tables = new TreeMap<>();
        for (String table : OF_A_RUN) {
            tables.put(
                    table,
                    repository.sql("SELECT * FROM %s ORDER BY 1, 2, 3".formatted(table)).query().listOfRows().stream()
                            .map(History::plain)
                            .toList());
        }
        return new History(tables, home.successes().stream().sorted().toList());
    }

    /** Large objects are read with the connection that is open now; databases spell columns and give times differently. */
    private static Map<String, Object> plain(Map<String, Object> row) {
        Map<String, Object> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        row.forEach((column, value) -> plain.put(column, plain(value)));
        return plain;
    }

    /** Spring Batch writes local times without a zone. */
    private static Object plain(@Nullable Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        return value instanceof Timestamp time ? time.toInstant() : String.valueOf(value);
    }

    /**
     * What a run wrote after its heir had begun; heirs note their beginning after they took over. Empty if it kept
     * silent.
     */
    List<String> writesOfAfter(long run, long heir) {
        Instant takeover = rows("BATCH_JOB_EXECUTION", heir).stream()
                .map(row -> time(row, "CREATE_TIME"))
                .findFirst()
                .orElseThrow();
        List<String> late = new ArrayList<>();
        for (String table : List.of("BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION")) {
            rows(table, run).stream()
                    .filter(row -> time(row, "LAST_UPDATED").isAfter(takeover))
                    .forEach(row -> late.add(table + " " + row));
        }
        late.addAll(lateRows("SLUICE_INTENT", "DECLARED_AT", run, takeover));
        late.addAll(lateRows("SLUICE_SOURCE", "RECORDED_AT", run, takeover));
        late.addAll(lateRows("SLUICE_PUBLICATION", "CLAIMED_AT", run, takeover));
        late.addAll(lateRows("SLUICE_RECEIPT", "RECORDED_AT", run, takeover));
        return late;
    }

    private List<String> lateRows(String table, String column, long run, Instant takeover) {
        return tables.get(table).stream()
                .filter(row -> row.get("RUN_ID").equals(String.valueOf(run)))
                .filter(row -> time(row, column).isAfter(takeover))
                .map(row -> table + " " + row)
                .toList();
    }

    private List<Map<String, Object>> rows(String table, long run) {
        return tables.get(table).stream()
                .filter(row -> row.get("JOB_EXECUTION_ID").equals(String.valueOf(run)))
                .toList();
    }

    private static Instant time(Map<String, Object> row, String column) {
        return (Instant) Objects.requireNonNull(row.get(column), column);
    }
}
