package dev.sluice.kill;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /** Large objects are read with the connection that is open now. */
    private static Map<String, Object> plain(Map<String, Object> row) {
        Map<String, Object> plain = new TreeMap<>();
        row.forEach(
                (column, value) -> plain.put(column, value instanceof OffsetDateTime ? value : String.valueOf(value)));
        return plain;
    }

    /**
     * What a run wrote after its heir had begun; heirs note their beginning after they took over. Empty if it kept
     * silent.
     */
    List<String> writesOfAfter(long run, long heir) {
        OffsetDateTime takeover = rows("BATCH_JOB_EXECUTION", heir).stream()
                .map(row -> local(row, "CREATE_TIME"))
                .findFirst()
                .orElseThrow();
        List<String> late = new ArrayList<>();
        for (String table : List.of("BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION")) {
            rows(table, run).stream()
                    .filter(row -> local(row, "LAST_UPDATED").isAfter(takeover))
                    .forEach(row -> late.add(table + " " + row));
        }
        late.addAll(lateRows("SLUICE_INTENT", "DECLARED_AT", run, takeover));
        late.addAll(lateRows("SLUICE_SOURCE", "RECORDED_AT", run, takeover));
        late.addAll(lateRows("SLUICE_PUBLICATION", "CLAIMED_AT", run, takeover));
        late.addAll(lateRows("SLUICE_RECEIPT", "RECORDED_AT", run, takeover));
        return late;
    }

    private List<String> lateRows(String table, String column, long run, OffsetDateTime takeover) {
        return tables.get(table).stream()
                .filter(row -> row.get("RUN_ID").equals(String.valueOf(run)))
                .filter(row -> ((OffsetDateTime) row.get(column)).isAfter(takeover))
                .map(row -> table + " " + row)
                .toList();
    }

    private List<Map<String, Object>> rows(String table, long run) {
        return tables.get(table).stream()
                .filter(row -> row.get("JOB_EXECUTION_ID").equals(String.valueOf(run)))
                .toList();
    }

    /** Spring Batch writes local times without a zone. */
    private static OffsetDateTime local(Map<String, Object> row, String column) {
        return Timestamp.valueOf(String.valueOf(row.get(column)))
                .toLocalDateTime()
                .atZone(ZoneId.systemDefault())
                .toOffsetDateTime();
    }
}
