package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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

    List<Map<String, @Nullable Object>> rows() throws SQLException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (String json : Store.texts(connection, "SELECT resource FROM meta.jobs ORDER BY number")) {
            rows.add(row(Json.read(json, Job.class)));
        }
        return rows;
    }

    private Map<String, @Nullable Object> row(Job job) {
        Map<String, @Nullable Object> row = InformationTables.row();
        JobStatistics statistics = job.getStatistics();
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        row.put("project_id", projectId);
        row.put("job_id", job.getJobReference().getJobId());
        row.put("job_type", query != null ? "QUERY" : job.getConfiguration().getLoad() != null ? "LOAD" : "COPY");
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
}
