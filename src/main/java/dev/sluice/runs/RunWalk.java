package dev.sluice.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query that walks down one index, newest run first, and looks the other conditions up for each run that it meets. They
 * are subqueries by key, not joins, so that no planner is tempted to begin with them and sort a million runs for a page of
 * twenty; the order names the index's constant columns too, since H2 recognises an index's order only as a whole.
 */
final class RunWalk {

    private static final String HAS_PARAMETER = "EXISTS (SELECT 1 FROM BATCH_JOB_EXECUTION_PARAMS P"
            + " WHERE P.JOB_EXECUTION_ID = W.JOB_EXECUTION_ID AND P.PARAMETER_NAME = ? AND P.PARAMETER_VALUE = ?)";
    private static final String HAS_STATUS = "EXISTS (SELECT 1 FROM BATCH_JOB_EXECUTION E"
            + " WHERE E.JOB_EXECUTION_ID = W.JOB_EXECUTION_ID AND E.STATUS = ?)";
    private static final String RUNS_OF_JOB = "(SELECT E.JOB_EXECUTION_ID"
            + " FROM BATCH_JOB_INSTANCE I JOIN BATCH_JOB_EXECUTION E ON E.JOB_INSTANCE_ID = I.JOB_INSTANCE_ID"
            + " WHERE I.JOB_NAME = ?)";
    private static final String OF_JOB = "? = (SELECT I.JOB_NAME FROM BATCH_JOB_INSTANCE I WHERE I.JOB_INSTANCE_ID ="
            + " (SELECT E.JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION E WHERE E.JOB_EXECUTION_ID = W.JOB_EXECUTION_ID))";

    private static final String NEWEST = "W.JOB_EXECUTION_ID DESC";

    private final String table;
    private final String order;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    private RunWalk(String table, String order) {
        this.table = table;
        this.order = order;
    }

    /**
     * Along the runs of a job, if they are few; else of the first parameter, of a status, or all.
     *
     * @param rare whether the job, if there is one, has few runs
     * @param parameters the filter's, the one with the fewest runs first
     */
    static RunWalk along(RunFilter filter, boolean rare, List<Map.Entry<String, String>> parameters) {
        String job = filter.job();
        String status = filter.status() == null ? null : filter.status().toUpperCase(Locale.ROOT);
        if (job != null && rare) {
            return alongJob(job).where(parameters).whereStatus(status);
        }
        RunWalk walk = parameters.isEmpty()
                ? alongStatus(status)
                : alongParameter(parameters.get(0))
                        .where(parameters.subList(1, parameters.size()))
                        .whereStatus(status);
        return job == null ? walk : walk.where(OF_JOB, job);
    }

    private static RunWalk alongJob(String job) {
        var walk = new RunWalk(RUNS_OF_JOB, NEWEST);
        walk.values.add(job);
        return walk;
    }

    private static RunWalk alongStatus(@Nullable String status) {
        return status == null
                ? new RunWalk("BATCH_JOB_EXECUTION", NEWEST)
                : new RunWalk("BATCH_JOB_EXECUTION", "W.STATUS DESC, " + NEWEST).where("W.STATUS = ?", status);
    }

    private static RunWalk alongParameter(Map.Entry<String, String> parameter) {
        String order = "W.PARAMETER_NAME DESC, W.PARAMETER_VALUE DESC, " + NEWEST;
        return new RunWalk("BATCH_JOB_EXECUTION_PARAMS", order)
                .where("W.PARAMETER_NAME = ? AND W.PARAMETER_VALUE = ?", parameter.getKey(), parameter.getValue());
    }

    private RunWalk where(List<Map.Entry<String, String>> parameters) {
        parameters.forEach(parameter -> where(HAS_PARAMETER, parameter.getKey(), parameter.getValue()));
        return this;
    }

    private RunWalk whereStatus(@Nullable String status) {
        return status == null ? this : where(HAS_STATUS, status);
    }

    void below(long run) {
        where("W.JOB_EXECUTION_ID < ?", run);
    }

    void from(long run) {
        where("W.JOB_EXECUTION_ID >= ?", run);
    }

    private RunWalk where(String condition, Object... bound) {
        conditions.add(condition);
        values.addAll(List.of(bound));
        return this;
    }

    /** With the values in order and then the most rows to be bound. */
    String sql() {
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return "SELECT W.JOB_EXECUTION_ID FROM %s W%s ORDER BY %s FETCH FIRST ? ROWS ONLY"
                .formatted(table, where, order);
    }

    List<Object> values() {
        return values;
    }
}
