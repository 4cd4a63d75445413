package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The table that a job names for the rows of its query; dispositions mean what they mean to loads. */
final class QueryDestination {

    private static final List<String> NEEDING =
            List.of("schemaUpdateOptions", "timePartitioning", "rangePartitioning", "clustering");

    private final Tables tables;
    private final LoadDestination destination;

    QueryDestination(Tables tables) {
        this.tables = tables;
        this.destination = new LoadDestination(tables);
    }

    /** Whether a job names one; results have a table of their own else. */
    static boolean isNamed(JobConfigurationQuery query) {
        TableReference table = query.getDestinationTable();
        return table != null && !Tables.RESULTS.equals(table.getDatasetId());
    }

    /** @throws ApiError if it cannot be written in this way */
    static void requireUsable(JobConfigurationQuery query, String projectId) {
        if (!isNamed(query)) {
            NEEDING.stream()
                    .filter(setting -> query.get(setting) != null)
                    .findFirst()
                    .ifPresent(setting -> {
                        throw ApiError.unsupported("queries with %s and without a destinationTable".formatted(setting));
                    });
            return;
        }
        TableReference table = query.getDestinationTable();
        Projects.requireTable(projectId, table, "destinationTable");
        JobConfigurationLoad load = load(query, List.of());
        Dispositions.require(query.getCreateDisposition(), query.getWriteDisposition());
        Dispositions.requireUpdates(
                query.getSchemaUpdateOptions(),
                load.getWriteDisposition(),
                LoadDestination.name(load).partition() != null);
    }

    /** @throws ApiError if it is no query, which alone has rows for it, or one whose columns are no table's */
    static void requireQuery(JobConfigurationQuery query, Statement statement) {
        if (!isNamed(query)) {
            return;
        }
        if (!(statement instanceof Statement.Select select)) {
            throw ApiError.invalid(
                    "Cannot set destination table in jobs with %s statements".formatted(statement.type()));
        }
        if (!select.repeated().isEmpty()) {
            throw new ApiError(
                    400,
                    "invalidQuery",
                    "Duplicate column names in the result are not supported when a destination table is present."
                            + " Found duplicate(s): " + String.join(", ", select.repeated()));
        }
    }

    Claim claim(Connection connection, JobConfigurationQuery query) throws SQLException {
        return destination.claim(connection, load(query, List.of()));
    }

    void write(
            Connection connection,
            Job job,
            Statement.Select select,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        List<TableFieldSchema> fields = ColumnTypes.fields(select.columns());
        JobConfigurationLoad load = load(job.getConfiguration().getQuery(), fields);
        ComputedRows.compute(connection, select, parameters, state);
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        StoredTable table = destination.open(connection, load, Optional.of(fields), commit);
        ComputedRows.write(
                connection,
                table,
                fields.stream().map(TableFieldSchema::getName).toList(),
                commit);
        destination.settle(connection, load, table, commit);
    }

    private static JobConfigurationLoad load(JobConfigurationQuery query, List<TableFieldSchema> fields) {
        return new JobConfigurationLoad()
                .setDestinationTable(query.getDestinationTable())
                .setSchema(new TableSchema().setFields(fields))
                .setWriteDisposition(Objects.requireNonNullElse(query.getWriteDisposition(), "WRITE_EMPTY"))
                .setCreateDisposition(query.getCreateDisposition())
                .setSchemaUpdateOptions(query.getSchemaUpdateOptions())
                .setTimePartitioning(query.getTimePartitioning())
                .setRangePartitioning(query.getRangePartitioning())
                .setClustering(query.getClustering());
    }
}
