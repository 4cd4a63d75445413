package dev.sluice.local;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.load.BadRecords;
import dev.sluice.local.load.FileFormat;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.load.LoadRefused;
import dev.sluice.local.load.LoadTarget;
import dev.sluice.local.load.SourceFile;
import dev.sluice.local.sql.TableName;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;

/** Loads of uploaded files and of objects of Cloud Storage. */
final class LoadEffects {

    private static final Set<String> SETTINGS = Set.of(
            "destinationTable",
            "destinationTableProperties",
            "sourceUris",
            "schema",
            "sourceFormat",
            "createDisposition",
            "writeDisposition",
            "schemaUpdateOptions",
            "timePartitioning",
            "rangePartitioning",
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
            "nullMarkers",
            "allowJaggedRows",
            "preserveAsciiControlCharacters",
            "useAvroLogicalTypes",
            "decimalTargetTypes",
            "parquetOptions",
            "location");

    private final Tables tables;
    private final LoadDestination destination;
    private final GcsFolder objects;
    private final Processors processors;

    LoadEffects(Tables tables, GcsFolder objects, Processors processors) {
        this.processors = processors;
        this.tables = tables;
        this.destination = new LoadDestination(tables);
        this.objects = objects;
    }

    void requireSupported(JobConfigurationLoad load) {
        Effects.requireOnly(SETTINGS, load, "loads");
        Projects.requireTable(tables.projectId(), load.getDestinationTable(), "destinationTable");
        Dispositions.require(load.getCreateDisposition(), load.getWriteDisposition());
        Dispositions.requireUpdates(
                load.getSchemaUpdateOptions(),
                load.getWriteDisposition(),
                LoadDestination.name(load).partition() != null);
        if (load.getMaxBadRecords() != null && load.getMaxBadRecords() < 0) {
            throw ApiError.invalid("Invalid value for maxBadRecords: " + load.getMaxBadRecords());
        }
        try {
            FileFormat.of(load);
            objects.require(Objects.requireNonNullElse(load.getSourceUris(), List.of()));
        } catch (LoadRefused e) {
            throw ApiError.of(e);
        }
    }

    Claim claim(Connection connection, JobConfigurationLoad load) throws SQLException {
        return destination.claim(connection, load);
    }

    boolean isPartitioned(Connection connection, TableName table) throws SQLException {
        return tables.find(connection, table)
                .filter(there -> Partitions.column(there.resource()).isPresent())
                .isPresent();
    }

    void apply(Connection connection, Job job, Path content, RunningJob state) throws SQLException {
        JobConfigurationLoad load = job.getConfiguration().getLoad();
        try {
            apply(connection, job, files(load, content), state);
        } catch (LoadRefused e) {
            throw ApiError.of(e);
        } catch (CharacterCodingException e) {
            throw ApiError.invalid("Error while reading data, error message: the file is not "
                    + Objects.requireNonNullElse(load.getEncoding(), "UTF-8"));
        } catch (EOFException | ZipException e) {
            throw ApiError.invalid("Error while reading data, error message: a gzip file is damaged or cut off");
        } catch (IOException e) {
            throw ApiError.backend("the file cannot be read");
        }
    }

    private List<SourceFile> files(JobConfigurationLoad load, Path content) throws IOException {
        if (load.getSourceUris() != null && !load.getSourceUris().isEmpty()) {
            return objects.files(load.getSourceUris());
        }
        if (!Files.exists(content)) {
            throw ApiError.internal("the uploaded bytes are gone");
        }
        return List.of(new SourceFile(content, ""));
    }

    private void apply(Connection connection, Job job, List<SourceFile> files, RunningJob state)
            throws SQLException, IOException {
        JobConfigurationLoad load = job.getConfiguration().getLoad();
        FileFormat format = FileFormat.of(load);
        long inputBytes = size(files);
        processors.give(state, inputBytes);
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        Optional<List<TableFieldSchema>> given = new LoadColumns(tables, connection, load, format).of(files);
        StoredTable table = destination.open(connection, load, given, commit);
        var bad = new BadRecords(format.name(), Objects.requireNonNullElse(load.getMaxBadRecords(), 0));
        var target = new LoadTarget("t" + table.number(), table.fields(), commit, state);
        long rows = format.load(connection, target, files, bad);
        destination.settle(connection, load, table, commit);
        job.getStatus().setErrors(bad.count() == 0 ? null : protos(bad.first()));
        job.getStatistics()
                .setLoad(new JobStatistics3()
                        .setInputFiles((long) files.size())
                        .setInputFileBytes(inputBytes)
                        .setOutputRows(rows)
                        .setOutputBytes(LogicalBytes.of(connection, table, commit))
                        .setBadRecords(bad.count()));
    }

    private static long size(List<SourceFile> files) throws IOException {
        long bytes = 0;
        for (SourceFile file : files) {
            bytes += file.size();
        }
        return bytes;
    }

    static List<ErrorProto> protos(List<BadRecords.Bad> rows) {
        return rows.stream()
                .map(row -> new ErrorProto()
                        .setReason("invalid")
                        .setLocation(row.location().isEmpty() ? null : row.location())
                        .setMessage(row.message()))
                .toList();
    }
}
