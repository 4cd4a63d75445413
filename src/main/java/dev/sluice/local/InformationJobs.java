package dev.sluice.local;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.TableReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** INFORMATION_SCHEMA.JOBS. */
final class InformationJobs {

    private final Connection connection;
    private final String projectId;

    InformationJobs(Connection connection, String projectId) {
        this.connection = connection;
        this.projectId = projectId;
    }

    List<Map<String, @Nullable Object>> rows(InformationScope scope) throws SQLException {
        return Store.texts(connection, "SELECT resource FROM meta.jobs ORDER BY number").stream()
                .map(json -> Json.read(json, Job.class))
                .filter(scope::has)
                .map(this::row)
                .toList();
    }

    private Map<String, @Nullable Object> row(Job job) {
        Map<String, @Nullable Object> row = InformationTables.row();
        JobStatistics statistics = job.getStatistics();
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        row.put("project_id", projectId);
        row.put("job_id", job.getJobReference().getJobId());
        row.put("user_email", Resources.OWNER);
        row.put("job_type", JobKind.of(job.getConfiguration()).name());
        row.put("error_result", error(job.getStatus().getErrorResult()));
        row.put("destination_table", destination(job.getConfiguration()));
        row.put("labels", labels(job.getConfiguration().getLabels()));
        row.put("state", job.getStatus().getState());
        row.put("priority", query == null || query.getPriority() == null ? "INTERACTIVE" : query.getPriority());
        row.put("query", query == null ? null : query.getQuery());
        row.put("creation_time", statistics.getCreationTime());
        row.put("start_time", statistics.getStartTime());
        row.put("end_time", statistics.getEndTime());
        row.put("total_slot_ms", statistics.getTotalSlotMs());
        row.put("total_bytes_processed", statistics.getTotalBytesProcessed());
        if (statistics.getQuery() != null) {
            row.put("statement_type", statistics.getQuery().getStatementType());
            row.put("total_bytes_billed", statistics.getQuery().getTotalBytesBilled());
            row.put("cache_hit", statistics.getQuery().getCacheHit());
        }
        return row;
    }

    private static @Nullable Object error(@Nullable ErrorProto error) {
        return error == null
                ? null
                : Arrays.asList(error.getReason(), error.getLocation(), error.getDebugInfo(), error.getMessage());
    }

    private @Nullable Object destination(JobConfiguration configuration) {
        TableReference table = configuration.getQuery() != null
                ? configuration.getQuery().getDestinationTable()
                : configuration.getLoad() != null
                        ? configuration.getLoad().getDestinationTable()
                        : configuration.getCopy() != null
                                ? configuration.getCopy().getDestinationTable()
                                : null;
        return table == null ? null : List.of(projectId, table.getDatasetId(), table.getTableId());
    }

    private static List<List<String>> labels(@Nullable Map<String, String> labels) {
        return labels == null
                ? List.of()
                : labels.entrySet().stream()
                        .map(label -> List.of(label.getKey(), label.getValue()))
                        .toList();
    }
}
