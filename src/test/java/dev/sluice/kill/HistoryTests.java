package dev.sluice.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge of paused owners finds what is planted. */
class HistoryTests {

    private static final String EARLY = "2026-01-01T00:00:01Z";
    private static final String TAKEOVER = "2026-01-01T00:00:05Z";
    private static final String LATE = "2026-01-01T00:00:06Z";

    private final Map<String, List<Map<String, Object>>> tables = new HashMap<>();

    HistoryTests() {
        for (String table : List.of(
                "BATCH_JOB_EXECUTION",
                "BATCH_STEP_EXECUTION",
                "SLUICE_INTENT",
                "SLUICE_SOURCE",
                "SLUICE_PUBLICATION",
                "SLUICE_RECEIPT")) {
            tables.put(table, new ArrayList<>());
        }
        batch("BATCH_JOB_EXECUTION", "1", EARLY);
        batch("BATCH_STEP_EXECUTION", "1", EARLY);
        batch("BATCH_JOB_EXECUTION", "2", LATE);
        batch("BATCH_STEP_EXECUTION", "2", LATE);
        ledger("SLUICE_INTENT", "DECLARED_AT", "1", EARLY);
        ledger("SLUICE_INTENT", "DECLARED_AT", "2", LATE);
    }

    private void batch(String table, String run, String updated) {
        tables.get(table)
                .add(Map.of(
                        "JOB_EXECUTION_ID",
                        run,
                        "CREATE_TIME",
                        Instant.parse(TAKEOVER),
                        "LAST_UPDATED",
                        Instant.parse(updated)));
    }

    private void ledger(String table, String column, String run, String time) {
        tables.get(table).add(Map.of("RUN_ID", run, column, Instant.parse(time)));
    }

    private List<String> late() {
        return new History(tables, List.of()).writesOfAfter(1, 2);
    }

    @Test
    void findNothingInWhatTheOwnerDidBeforeAndItsHeirAfterwards() {
        assertThat(late()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION"})
    void findALateCommit(String table) {
        batch(table, "1", LATE);

        assertThat(late()).singleElement().asString().startsWith(table);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SLUICE_INTENT.DECLARED_AT",
                "SLUICE_SOURCE.RECORDED_AT",
                "SLUICE_PUBLICATION.CLAIMED_AT",
                "SLUICE_RECEIPT.RECORDED_AT"
            })
    void findALateEntryOfTheLedger(String place) {
        String table = place.substring(0, place.indexOf('.'));
        ledger(table, place.substring(place.indexOf('.') + 1), "1", LATE);

        assertThat(late()).singleElement().asString().startsWith(table);
    }
}
