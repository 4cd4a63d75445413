package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.ScriptVariables.Value;
import dev.sluice.local.sql.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code @@name} stands for in a script, as far as that is known; and the errors that are being handled. */
final class SystemVariables {

    private record Handled(RuntimeException error, String statement) {}

    private final Map<String, Value> values = new HashMap<>();
    private final Deque<Handled> handled = new ArrayDeque<>();
    private final Job job;

    SystemVariables(Job job) {
        this.job = job;
        set("project_id", Type.STRING, job.getJobReference().getProjectId());
        set("script.job_id", Type.STRING, job.getJobReference().getJobId());
        set("time_zone", Type.STRING, "UTC");
        set("row_count", Type.INT64, null);
        spent(0, 0, 0);
        tellError();
    }

    private void set(String name, Type type, @Nullable String text) {
        values.put("@" + name, new Value(type, Optional.ofNullable(text)));
    }

    /** What the script has cost so far. */
    void spent(long processed, long billed, long children) {
        set("script.bytes_processed", Type.INT64, String.valueOf(processed));
        set("script.bytes_billed", Type.INT64, String.valueOf(billed));
        set("script.num_child_jobs", Type.INT64, String.valueOf(children));
    }

    /** How many rows the last statement has changed; it is not known what BigQuery says after other statements. */
    void changed(JobStatistics2 statistics) {
        Long rows = statistics.getNumDmlAffectedRows();
        if (rows == null) {
            values.remove("@row_count");
        } else {
            set("row_count", Type.INT64, String.valueOf(rows));
        }
    }

    /** A handler begins. */
    void handling(RuntimeException error, String statement) {
        handled.push(new Handled(error instanceof ApiError e ? JobLocations.told(job, e) : error, statement));
        tellError();
    }

    void handled() {
        handled.pop();
        tellError();
    }

    private void tellError() {
        Handled last = handled.peek();
        set(
                "error.message",
                Type.STRING,
                last == null ? null : String.valueOf(last.error().getMessage()));
        set("error.statement_text", Type.STRING, last == null ? null : last.statement());
    }

    /** What the innermost handler handles. */
    RuntimeException error() {
        return handled.element().error();
    }

    List<QueryParameter> parameters() {
        return values.entrySet().stream()
                .map(entry -> ScriptVariables.parameter(entry.getKey(), entry.getValue()))
                .toList();
    }
}
