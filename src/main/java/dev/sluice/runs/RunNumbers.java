package dev.sluice.runs;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the runs that a filter lets through, without reading them. Thread-safe. */
final class RunNumbers {

    /** The runs of a job with fewer instances are sorted; those of one with more are met among all runs soon enough. */
    private static final int FEW = 2_000;

    private final JdbcClient jdbc;

    RunNumbers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Numbers, the highest first. */
    List<Long> of(RunFilter filter) {
        String job = filter.job();
        RunWalk walk = RunWalk.along(filter, job != null && instances(job) < FEW, fewestRunsFirst(filter.parameters()));
        bound(walk, filter);
        return jdbc.sql(walk.sql())
                .params(walk.values())
                .param(filter.limit())
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private void bound(RunWalk walk, RunFilter filter) {
        if (filter.before() != null) {
            walk.below(filter.before());
        }
        if (filter.until() != null) {
            firstSince(filter.until()).ifPresent(walk::below);
        }
        if (filter.since() != null) {
            walk.from(firstSince(filter.since()).orElse(Long.MAX_VALUE));
        }
    }

    /** Numbers rise with time. */
    private Optional<Long> firstSince(Instant moment) {
        return jdbc.sql("SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION WHERE CREATE_TIME >= ?"
                        + " ORDER BY CREATE_TIME, JOB_EXECUTION_ID FETCH FIRST 1 ROW ONLY")
                .param(LocalDateTime.ofInstant(moment, ZoneId.systemDefault()))
                .query(Long.class)
                .optional();
    }

    private List<Map.Entry<String, String>> fewestRunsFirst(Map<String, String> parameters) {
        if (parameters.size() < 2) {
            return List.copyOf(parameters.entrySet());
        }
        Map<String, Integer> runs = new HashMap<>();
        parameters.forEach((name, value) -> runs.put(name, runs(name, value)));
        return parameters.entrySet().stream()
                .sorted(Comparator.comparing(parameter -> runs.get(parameter.getKey())))
                .toList();
    }

    private int instances(String job) {
        return few("SELECT 1 FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ?", job);
    }

    private int runs(String parameter, String value) {
        return few(
                "SELECT 1 FROM BATCH_JOB_EXECUTION_PARAMS WHERE PARAMETER_NAME = ? AND PARAMETER_VALUE = ?",
                parameter,
                value);
    }

    /** Counts no further than {@link #FEW}. */
    private int few(String rows, Object... values) {
        return jdbc.sql("SELECT COUNT(*) FROM (%s FETCH FIRST %d ROWS ONLY) AS FOUND".formatted(rows, FEW))
                .params(values)
                .query(Integer.class)
                .single();
    }
}
