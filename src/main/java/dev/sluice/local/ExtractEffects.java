package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationExtract;
import com.google.api.services.bigquery.model.JobStatistics4;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.load.ExtractFormat;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.load.LoadRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Tables written to objects of Cloud Storage, each as one file, which appears whole or not at all. */
final class ExtractEffects {

    private static final Set<String> SETTINGS = Set.of(
            "sourceTable",
            "destinationUri",
            "destinationUris",
            "destinationFormat",
            "compression",
            "fieldDelimiter",
            "printHeader",
            "useAvroLogicalTypes",
            "location");

    private final Tables tables;
    private final GcsFolder objects;

    ExtractEffects(Tables tables, GcsFolder objects) {
        this.tables = tables;
        this.objects = objects;
    }

    void requireSupported(JobConfigurationExtract extract) {
        Effects.requireOnly(SETTINGS, extract, "extracts");
        if (extract.getSourceTable() == null || uris(extract).isEmpty()) {
            throw ApiError.invalid("Required parameter is missing: sourceTable or destinationUris");
        }
        if (uris(extract).size() > 1) {
            throw ApiError.unsupported("extracts to several URIs");
        }
        Projects.requireTable(tables.projectId(), extract.getSourceTable(), "sourceTable");
        try {
            objects.require(uris(extract));
            ExtractFormat.of(extract);
        } catch (LoadRefused e) {
            throw ApiError.of(e);
        }
    }

    private static List<String> uris(JobConfigurationExtract extract) {
        if (extract.getDestinationUris() != null) {
            return extract.getDestinationUris();
        }
        return extract.getDestinationUri() == null ? List.of() : List.of(extract.getDestinationUri());
    }

    void apply(Connection connection, Job job) throws SQLException {
        JobConfigurationExtract extract = job.getConfiguration().getExtract();
        TableReference reference = extract.getSourceTable();
        StoredTable table = tables.get(connection, Tables.name(reference));
        if (table.resource().getView() != null) {
            throw ApiError.invalid(
                    "Using table %s is not allowed for this operation because of its type. Try using a different table that is of type TABLE."
                            .formatted(table.resource().getId()));
        }
        RowPolicies.requireFull(table.resource());
        String uri = uris(extract).get(0).replace("*", "000000000000");
        try {
            Path file = objects.path(uri);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Path fresh = file.resolveSibling(
                    file.getFileName() + ".part-" + job.getJobReference().getJobId());
            ExtractFormat.of(extract).write(connection, table.visibleRows(), table.fields(), fresh);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (LoadRefused e) {
            throw ApiError.of(e);
        } catch (IOException e) {
            throw ApiError.backend("%s cannot be written".formatted(uri));
        }
        job.getStatistics()
                .setExtract(new JobStatistics4()
                        .setDestinationUriFileCounts(List.of(1L))
                        .setInputBytes(LogicalBytes.of(connection, table)));
    }
}
