package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.JobRunner.RunningJob;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What a job does, in the transaction that also makes it DONE. */
final class Effects {

    private final Tables tables;
    private final QueryEffects queries;

    Effects(Tables tables, QueryEffects queries) {
        this.tables = tables;
        this.queries = queries;
    }

    /** Refuses, before a job is accepted, what it could not do. */
    static void requireSupported(Job job) {
        var configuration = job.getConfiguration();
        if (configuration == null || configuration.getLoad() == null && configuration.getQuery() == null) {
            throw ApiError.unsupported("jobs that neither load nor query");
        }
        JobConfigurationLoad load = configuration.getLoad();
        if (load == null) {
            return;
        }
        if (!"NEWLINE_DELIMITED_JSON".equals(load.getSourceFormat())) {
            throw ApiError.unsupported("loads of format " + load.getSourceFormat());
        }
        if (load.getSourceUris() != null || Boolean.TRUE.equals(load.getAutodetect())) {
            throw ApiError.unsupported("loads from URIs or with autodetect");
        }
        if (load.getWriteDisposition() != null && !load.getWriteDisposition().equals("WRITE_APPEND")) {
            throw ApiError.unsupported("loads with " + load.getWriteDisposition());
        }
        if (load.getMaxBadRecords() != null && load.getMaxBadRecords() > 0
                || Boolean.TRUE.equals(load.getIgnoreUnknownValues())) {
            throw ApiError.unsupported("loads that skip bad or unknown values");
        }
    }

    void apply(Connection connection, Job job, Path content, RunningJob state) throws SQLException {
        if (job.getConfiguration().getLoad() != null) {
            load(connection, job, content, state);
            return;
        }
        queries.apply(connection, job, state);
    }

    private void load(Connection connection, Job job, Path content, RunningJob state) throws SQLException {
        JobConfigurationLoad load = job.getConfiguration().getLoad();
        Tables.Stored table = destination(connection, load);
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        long rows = new RowLoader(table, commit, state::isCancelled).load(connection, content);
        if (state.isCancelled()) {
            throw new ApiError(200, "stopped", "Job execution was cancelled");
        }
        long bytes = size(content);
        job.getStatistics()
                .setLoad(new JobStatistics3()
                        .setInputFiles(1L)
                        .setInputFileBytes(bytes)
                        .setOutputRows(rows)
                        .setOutputBytes(bytes)
                        .setBadRecords(0L));
    }

    private Tables.Stored destination(Connection connection, JobConfigurationLoad load) throws SQLException {
        TableReference reference = load.getDestinationTable();
        var name = new TableName(reference.getDatasetId(), reference.getTableId());
        Optional<Tables.Stored> there = tables.find(connection, name);
        if (there.isEmpty() && !"CREATE_NEVER".equals(load.getCreateDisposition()) && load.getSchema() != null) {
            return tables.create(
                    connection, new Table().setTableReference(reference).setSchema(load.getSchema()));
        }
        return tables.get(connection, name);
    }

    private static long size(Path content) {
        try {
            return Files.size(content);
        } catch (IOException e) {
            throw new ApiError(500, "internalError", "the uploaded bytes are gone");
        }
    }
}
