package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationExtract;
import com.google.api.services.bigquery.model.JobStatistics4;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.load.ExtractFormat;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.load.LoadRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Tables written to objects of Cloud Storage, each as one file. */
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
        CopySource.require(extract.getSourceTable());
        try {
            objects.require(uris(extract));
        } catch (LoadRefused e) {
            throw ApiError.of(e);
        }
        format(extract);
    }

    private static ExtractFormat format(JobConfigurationExtract extract) {
        try {
            return ExtractFormat.of(extract);
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

    static ApiError unreadable(Table view) {
        return ApiError.invalid(
                "Using table %s is not allowed for this operation because of its type. Try using a different table that is of type TABLE."
                        .formatted(view.getId()));
    }

    void apply(Connection connection, Job job) throws SQLException {
        JobConfigurationExtract extract = job.getConfiguration().getExtract();
        CopySource source = CopySource.of(connection, tables, extract.getSourceTable());
        StoredTable table = source.table();
        if (table.resource().getView() != null) {
            throw unreadable(table.resource());
        }
        RowPolicies.requireFull(table.resource());
        var object = new ObjectFile(
                objects, uris(extract).get(0), job.getJobReference().getJobId());
        object.write(connection, source.visible(), table.fields(), format(extract));
        job.getStatistics()
                .setExtract(new JobStatistics4()
                        .setDestinationUriFileCounts(List.of(1L))
                        .setInputBytes(LogicalBytes.of(connection, table, source.condition())));
    }
}
