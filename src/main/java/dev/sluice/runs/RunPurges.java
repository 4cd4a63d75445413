package dev.sluice.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The receipts of those among some runs that are purges. */
final class RunPurges {

    private final Map<Long, RunPurge> purges = new HashMap<>();

    /** @param runs at least one */
    RunPurges(JdbcClient jdbc, List<Long> runs) {
        jdbc.sql("SELECT P.*, C.TABLE_NAME, C.ROWS_REMOVED FROM SLUICE_PURGE P JOIN SLUICE_PURGE_COUNT C"
                        + " ON C.JOB_NAME = P.JOB_NAME AND C.JOB_KEY = P.JOB_KEY AND C.GENERATION = P.GENERATION"
                        + " WHERE P.RUN_ID IN (:runs) ORDER BY C.TABLE_NAME")
                .param("runs", runs)
                .query(row -> {
                    Instant before = Objects.requireNonNull(Columns.localTime(row, "RUNS_BEFORE"));
                    boolean dryRun = row.getBoolean("DRY_RUN");
                    String list = row.getString("LIST_FILE");
                    purges.computeIfAbsent(
                                    row.getLong("RUN_ID"), run -> new RunPurge(before, dryRun, list, new ArrayList<>()))
                            .rows()
                            .add(new RunPurge.Removed(row.getString("TABLE_NAME"), row.getLong("ROWS_REMOVED")));
                });
    }

    @Nullable
    RunPurge of(long run) {
        return purges.get(run);
    }
}
