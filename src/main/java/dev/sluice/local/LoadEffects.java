package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Loads of uploaded files. */
final class LoadEffects {

    private static final Set<String> SETTINGS = Set.of(
            "destinationTable",
            "schema",
            "sourceFormat",
            "createDisposition",
            "writeDisposition",
            "timePartitioning",
            "clustering",
            "autodetect",
            "ignoreUnknownValues",
            "maxBadRecords",
            "encoding",
            "skipLeadingRows",
            "fieldDelimiter",
            "quote",
            "allowQuotedNewlines",
            "nullMarker",
            "allowJaggedRows");

    private final Tables tables;

    LoadEffects(Tables tables) {
        this.tables = tables;
    }

    void requireSupported(JobConfigurationLoad load) {
        Effects.requireOnly(SETTINGS, load.keySet(), "loads");
        if (load.getDestinationTable() == null) {
            throw ApiError.invalid("Required parameter is missing: destinationTable");
        }
        Projects.require(tables.projectId(), load.getDestinationTable().getProjectId());
        requireUnset(load.getAutodetect(), "autodetect");
        requireUnset(load.getIgnoreUnknownValues(), "ignoreUnknownValues");
        requireUnset(load.getAllowJaggedRows(), "allowJaggedRows");
        if (load.getMaxBadRecords() != null && load.getMaxBadRecords() != 0) {
            throw ApiError.unsupported("loads with maxBadRecords");
        }
        if (!Objects.requireNonNullElse(load.getWriteDisposition(), "WRITE_APPEND")
                .equals("WRITE_APPEND")) {
            throw ApiError.unsupported("loads with " + load.getWriteDisposition());
        }
        if (!Objects.requireNonNullElse(load.getEncoding(), "UTF-8").equals("UTF-8")) {
            throw ApiError.unsupported("loads with encoding " + load.getEncoding());
        }
        LoadFormats.requireSupported(load);
    }

    private static void requireUnset(@org.jspecify.annotations.Nullable Boolean setting, String name) {
        if (Boolean.TRUE.equals(setting)) {
            throw ApiError.unsupported("loads with " + name);
        }
    }

    void apply(Connection connection, Job job, Path content, RunningJob state) throws SQLException {
        JobConfigurationLoad load = job.getConfiguration().getLoad();
        Tables.Stored table = destination(connection, load);
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        var loader = new RowLoader(table, commit, state::requireGoing);
        loader.load(connection, LoadFormats.open(load, table), content);
        job.getStatistics()
                .setLoad(new JobStatistics3()
                        .setInputFiles(1L)
                        .setInputFileBytes(size(content))
                        .setOutputRows(loader.rows())
                        .setOutputBytes(loader.bytes())
                        .setBadRecords(0L));
    }

    private Tables.Stored destination(Connection connection, JobConfigurationLoad load) throws SQLException {
        TableReference reference = load.getDestinationTable();
        var name = new TableName(reference.getDatasetId(), reference.getTableId());
        Optional<Tables.Stored> there = tables.find(connection, name);
        if (there.isPresent()) {
            requireSame(load, there.get());
            return there.get();
        }
        if ("CREATE_NEVER".equals(load.getCreateDisposition())) {
            return tables.get(connection, name);
        }
        if (load.getSchema() == null) {
            tables.dataset(connection, name.dataset());
            throw ApiError.invalid("No schema specified on job or table.");
        }
        return tables.create(
                connection,
                new Table()
                        .setTableReference(reference.clone())
                        .setSchema(load.getSchema())
                        .setTimePartitioning(load.getTimePartitioning())
                        .setClustering(load.getClustering()));
    }

    private static void requireSame(JobConfigurationLoad load, Tables.Stored table) {
        Table there = table.resource();
        if (load.getTimePartitioning() != null && !load.getTimePartitioning().equals(there.getTimePartitioning())
                || load.getClustering() != null && !load.getClustering().equals(there.getClustering())) {
            throw ApiError.invalid("Incompatible table partitioning specification.");
        }
        List<TableFieldSchema> given = load.getSchema() == null
                ? List.of()
                : Objects.requireNonNull(load.getSchema().getFields());
        for (TableFieldSchema field : given) {
            boolean fits = table.fields().stream()
                    .anyMatch(other -> other.getName().equalsIgnoreCase(field.getName())
                            && ColumnTypes.standard(other.getType()).equals(ColumnTypes.standard(field.getType())));
            if (!fits) {
                throw ApiError.invalid("Provided Schema does not match Table %s. Cannot add or change field %s"
                        .formatted(there.getId(), field.getName()));
            }
        }
    }

    private static long size(Path content) {
        try {
            return Files.size(content);
        } catch (IOException e) {
            throw ApiError.internal("the uploaded bytes are gone");
        }
    }
}
