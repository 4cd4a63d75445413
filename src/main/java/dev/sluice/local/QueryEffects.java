package dev.sluice.local;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.DmlStatistics;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import dev.sluice.local.JobRunner.RunningJob;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Statements. */
final class QueryEffects {

    private final Tables tables;
    private final String projectId;

    QueryEffects(Tables tables, String projectId) {
        this.tables = tables;
        this.projectId = projectId;
    }

    void apply(Connection connection, Job job, RunningJob state) throws SQLException {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        Map<String, QueryParameter> parameters = parameters(query);
        Statement statement = read(connection, query, parameters);
        var statistics = new JobStatistics2()
                .setStatementType(statement.type())
                .setCacheHit(false)
                .setTotalBytesProcessed(0L)
                .setTotalBytesBilled(0L);
        job.getStatistics().setQuery(statistics).setTotalBytesProcessed(0L);
        if (statement instanceof Statement.Select select) {
            select(connection, job, select, parameters);
        } else if (statement instanceof Statement.Insert insert) {
            insert(connection, job, insert, parameters);
        } else if (statement instanceof Statement.Delete delete) {
            delete(connection, job, delete, parameters);
        } else if (statement instanceof Statement.CreateTable create) {
            create(connection, create);
        } else if (statement instanceof Statement.CreateSchema schema) {
            createSchema(connection, schema);
        } else {
            drop(connection, (Statement.DropTable) statement);
        }
        if (state.isCancelled()) {
            throw new ApiError(200, "stopped", "Job execution was cancelled");
        }
    }

    /** What a dry run answers: everything but the effect. */
    void dryRun(Connection connection, Job job) throws SQLException {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        Map<String, QueryParameter> parameters = parameters(query);
        Statement statement = read(connection, query, parameters);
        var statistics = new JobStatistics2().setStatementType(statement.type()).setTotalBytesProcessed(0L);
        if (statement instanceof Statement.Select select) {
            statistics.setSchema(new TableSchema().setFields(describe(connection, select, parameters)));
        }
        job.getStatistics().setQuery(statistics).setTotalBytesProcessed(0L);
    }

    private Statement read(Connection connection, JobConfigurationQuery query, Map<String, QueryParameter> parameters) {
        if (!Boolean.FALSE.equals(query.getUseLegacySql())) {
            throw ApiError.unsupported("legacy SQL; set useLegacySql to false");
        }
        if (query.getDestinationTable() != null
                && !query.getDestinationTable().getDatasetId().equals(Tables.RESULTS)) {
            throw ApiError.unsupported("query results in a destination table; use INSERT … SELECT");
        }
        Map<String, String> types = new HashMap<>();
        parameters.forEach(
                (name, value) -> types.put(name, value.getParameterType().getType()));
        return GoogleSql.read(query.getQuery(), name -> visible(connection, name), types);
    }

    private String visible(Connection connection, TableName name) {
        try {
            return tables.get(connection, name).visibleRows();
        } catch (SQLException e) {
            throw new ApiError(500, "internalError", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, QueryParameter> parameters(JobConfigurationQuery query) {
        Map<String, QueryParameter> parameters = new HashMap<>();
        if (query.getQueryParameters() != null) {
            for (QueryParameter parameter : query.getQueryParameters()) {
                if (parameter.getName() == null || parameter.getName().isEmpty()) {
                    throw ApiError.unsupported("positional parameters");
                }
                parameters.put(parameter.getName(), parameter);
            }
        }
        return parameters;
    }

    private static PreparedStatement bind(
            Connection connection, String sql, List<String> order, Map<String, QueryParameter> parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < order.size(); i++) {
            statement.setString(
                    i + 1,
                    Objects.requireNonNull(parameters.get(order.get(i)))
                            .getParameterValue()
                            .getValue());
        }
        return statement;
    }

    private static List<TableFieldSchema> describe(
            Connection connection, Statement.Select select, Map<String, QueryParameter> parameters)
            throws SQLException {
        List<TableFieldSchema> fields = new ArrayList<>();
        try (PreparedStatement statement =
                        bind(connection, "DESCRIBE " + select.sql(), select.parameters(), parameters);
                ResultSet columns = statement.executeQuery()) {
            while (columns.next()) {
                fields.add(new TableFieldSchema()
                        .setName(columns.getString("column_name"))
                        .setType(ColumnTypes.bigQuery(columns.getString("column_type")))
                        .setMode("NULLABLE"));
            }
        }
        return fields;
    }

    private void select(Connection connection, Job job, Statement.Select select, Map<String, QueryParameter> parameters)
            throws SQLException {
        var reference = new TableReference()
                .setProjectId(projectId)
                .setDatasetId(Tables.RESULTS)
                .setTableId("r" + Store.next(connection, "meta.table_number"));
        var fields = describe(connection, select, parameters);
        Tables.Stored results = tables.create(
                connection, new Table().setTableReference(reference).setSchema(new TableSchema().setFields(fields)));
        run(
                connection,
                "INSERT INTO %s SELECT *, 0, NULL FROM (%s)".formatted(results.duckDbName(), select.sql()),
                select.parameters(),
                parameters);
        job.getConfiguration().getQuery().setDestinationTable(reference);
    }

    private static int run(
            Connection connection, String sql, List<String> order, Map<String, QueryParameter> parameters)
            throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, order, parameters)) {
            return statement.executeUpdate();
        }
    }

    private void insert(Connection connection, Job job, Statement.Insert insert, Map<String, QueryParameter> parameters)
            throws SQLException {
        Tables.Stored target = tables.get(connection, insert.target());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        String columns = insert.columns().stream().map(ColumnTypes::quoted).collect(Collectors.joining(", "));
        String sql = "INSERT INTO %s (%s, _sluice_from) SELECT *, %d FROM (%s)"
                .formatted(target.duckDbName(), columns, commit, insert.source().sql());
        long rows = run(connection, sql, insert.source().parameters(), parameters);
        changed(
                job,
                new DmlStatistics()
                        .setInsertedRowCount(rows)
                        .setUpdatedRowCount(0L)
                        .setDeletedRowCount(0L),
                rows);
    }

    private void delete(Connection connection, Job job, Statement.Delete delete, Map<String, QueryParameter> parameters)
            throws SQLException {
        Tables.Stored target = tables.get(connection, delete.target());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        String sql = "UPDATE %s SET _sluice_to = %d WHERE _sluice_to IS NULL AND (%s)"
                .formatted(target.duckDbName(), commit, delete.condition());
        long rows = run(connection, sql, delete.parameters(), parameters);
        changed(
                job,
                new DmlStatistics()
                        .setInsertedRowCount(0L)
                        .setUpdatedRowCount(0L)
                        .setDeletedRowCount(rows),
                rows);
    }

    private static void changed(Job job, DmlStatistics dml, long rows) {
        job.getStatistics().getQuery().setDmlStats(dml).setNumDmlAffectedRows(rows);
    }

    private void create(Connection connection, Statement.CreateTable create) throws SQLException {
        if (create.ifNotExists() && tables.find(connection, create.table()).isPresent()) {
            return;
        }
        var table = new Table()
                .setTableReference(new TableReference()
                        .setProjectId(projectId)
                        .setDatasetId(create.table().dataset())
                        .setTableId(create.table().table()))
                .setDescription(create.options().get("description"))
                .setSchema(new TableSchema()
                        .setFields(create.columns().stream()
                                .map(QueryEffects::field)
                                .toList()));
        if (create.partitionColumn() != null) {
            table.setTimePartitioning(
                    new TimePartitioning().setType(create.partitionType()).setField(create.partitionColumn()));
        }
        if (!create.clustering().isEmpty()) {
            table.setClustering(new Clustering().setFields(create.clustering()));
        }
        tables.create(connection, table);
    }

    private static TableFieldSchema field(Column column) {
        String type = switch (column.type()) {
            case "INT64" -> "INTEGER";
            case "FLOAT64" -> "FLOAT";
            case "BOOL" -> "BOOLEAN";
            default -> column.type();
        };
        return new TableFieldSchema()
                .setName(column.name())
                .setType(type)
                .setMode(column.required() ? "REQUIRED" : "NULLABLE")
                .setDescription(column.description());
    }

    private void createSchema(Connection connection, Statement.CreateSchema schema) throws SQLException {
        boolean there = Store.text(connection, "SELECT name FROM meta.datasets WHERE name = ?", schema.dataset())
                .isPresent();
        if (!there || !schema.ifNotExists()) {
            tables.createDataset(
                    connection,
                    new Dataset().setDatasetReference(new DatasetReference().setDatasetId(schema.dataset())));
        }
    }

    private void drop(Connection connection, Statement.DropTable drop) throws SQLException {
        if (!drop.ifExists() || tables.find(connection, drop.table()).isPresent()) {
            tables.drop(connection, drop.table());
        }
    }
}
