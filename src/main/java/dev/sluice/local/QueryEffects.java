package dev.sluice.local;

import com.google.api.services.bigquery.model.DmlStatistics;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Statements. */
final class QueryEffects {

    private static final Duration RESULT_LIFE = Duration.ofHours(24);

    private final Tables tables;
    private final DdlEffects ddl;
    private final String projectId;
    private final Clock clock;

    QueryEffects(Tables tables, String projectId, Clock clock) {
        this.tables = tables;
        this.ddl = new DdlEffects(tables, projectId);
        this.projectId = projectId;
        this.clock = clock;
    }

    boolean onlyReads(Connection connection, Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        return read(query, parameters(query), new QuerySources(tables, connection)) instanceof Statement.Select;
    }

    void apply(Connection connection, Job job, RunningJob state) throws SQLException {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        Map<String, QueryParameter> parameters = parameters(query);
        Statement statement = describe(connection, job, parameters);
        requireWithin(
                query.getMaximumBytesBilled(), job.getStatistics().getQuery().getTotalBytesBilled());
        if (statement instanceof Statement.Select select) {
            select(connection, job, select, parameters, state);
        } else if (statement instanceof Statement.Insert insert) {
            insert(connection, job, insert, parameters, state);
        } else if (statement instanceof Statement.Delete delete) {
            delete(connection, job, delete, parameters, state);
        } else if (statement instanceof Statement.Update update) {
            update(connection, job, update, parameters, state);
        } else if (statement instanceof Statement.CreateTable create) {
            ddl.create(connection, create);
        } else if (statement instanceof Statement.CreateSchema schema) {
            ddl.createSchema(connection, schema);
        } else {
            ddl.drop(connection, (Statement.DropTable) statement);
        }
    }

    private static void requireWithin(@Nullable Long limit, long billed) {
        if (limit != null && billed > limit) {
            throw new ApiError(
                    400,
                    "bytesBilledLimitExceeded",
                    "Query exceeded limit for bytes billed: %d. %d or higher required.".formatted(limit, billed));
        }
    }

    /** What a dry run answers: everything but the effect. */
    void dryRun(Connection connection, Job job) throws SQLException {
        Map<String, QueryParameter> parameters =
                parameters(job.getConfiguration().getQuery());
        Statement statement = describe(connection, job, parameters);
        var statistics = job.getStatistics().getQuery().setTotalBytesBilled(0L);
        if (statement instanceof Statement.Select select) {
            statistics.setSchema(new TableSchema().setFields(fields(connection, select, parameters)));
        }
    }

    /** Sets the statistics that are known before the effect. */
    private Statement describe(Connection connection, Job job, Map<String, QueryParameter> parameters)
            throws SQLException {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        var sources = new QuerySources(tables, connection);
        Statement statement = read(query, parameters, sources);
        var columns = NamedColumns.of(query.getQuery());
        long processed = 0;
        for (TableName source : sources.read()) {
            processed += LogicalBytes.of(connection, tables.get(connection, source), columns::names);
        }
        if (statement instanceof Statement.Update update && sources.add(update.target())) {
            processed += LogicalBytes.of(connection, tables.get(connection, update.target()));
        }
        if (statement instanceof Statement.Delete delete && sources.add(delete.target())) {
            processed += LogicalBytes.of(connection, tables.get(connection, delete.target()));
        }
        job.getStatistics()
                .setTotalBytesProcessed(processed)
                .setQuery(new JobStatistics2()
                        .setStatementType(statement.type())
                        .setCacheHit(false)
                        .setTotalBytesProcessed(processed)
                        .setTotalBytesBilled(
                                LogicalBytes.billed(processed, sources.read().size())));
        return statement;
    }

    private static Statement read(
            JobConfigurationQuery query, Map<String, QueryParameter> parameters, QuerySources sources) {
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
        return GoogleSql.read(query.getQuery(), sources, types);
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

    private static List<TableFieldSchema> fields(
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

    private void select(
            Connection connection,
            Job job,
            Statement.Select select,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        var reference = new TableReference()
                .setProjectId(projectId)
                .setDatasetId(Tables.RESULTS)
                .setTableId("r" + Store.next(connection, "meta.table_number"));
        var fields = fields(connection, select, parameters);
        Tables.Stored results = tables.create(
                connection,
                new Table()
                        .setTableReference(reference)
                        .setSchema(new TableSchema().setFields(fields))
                        .setExpirationTime(clock.millis() + RESULT_LIFE.toMillis()));
        run(
                connection,
                "INSERT INTO %s SELECT *, 0, NULL FROM (%s)".formatted(results.duckDbName(), select.sql()),
                select.parameters(),
                parameters,
                state);
        job.getConfiguration().getQuery().setDestinationTable(reference);
    }

    private static int run(
            Connection connection,
            String sql,
            List<String> order,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, order, parameters)) {
            return state.execute(statement);
        }
    }

    private void insert(
            Connection connection,
            Job job,
            Statement.Insert insert,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        Tables.Stored target = tables.get(connection, insert.target());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        String columns = insert.columns().stream().map(ColumnTypes::quoted).collect(Collectors.joining(", "));
        String sql = "INSERT INTO %s (%s, _sluice_from) SELECT *, %d FROM (%s)"
                .formatted(target.duckDbName(), columns, commit, insert.source().sql());
        long rows = run(connection, sql, insert.source().parameters(), parameters, state);
        changed(
                job,
                new DmlStatistics()
                        .setInsertedRowCount(rows)
                        .setUpdatedRowCount(0L)
                        .setDeletedRowCount(0L),
                rows);
    }

    private void delete(
            Connection connection,
            Job job,
            Statement.Delete delete,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        Tables.Stored target = tables.get(connection, delete.target());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        String sql = closing(target, commit, delete.condition());
        long rows = run(connection, sql, delete.parameters(), parameters, state);
        changed(
                job,
                new DmlStatistics()
                        .setInsertedRowCount(0L)
                        .setUpdatedRowCount(0L)
                        .setDeletedRowCount(rows),
                rows);
    }

    private static String closing(Tables.Stored target, long commit, String condition) {
        return "UPDATE %s AS %s SET _sluice_to = %d WHERE _sluice_to IS NULL AND (%s)"
                .formatted(target.duckDbName(), Statement.TARGET, commit, condition);
    }

    private void update(
            Connection connection,
            Job job,
            Statement.Update update,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        Tables.Stored target = tables.get(connection, update.target());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        String closing = closing(target, commit, update.condition());
        long rows = run(connection, closing, update.parameters(), parameters, state);
        String values = target.fields().stream()
                .map(field -> update.assignments()
                        .values()
                        .getOrDefault(field.getName(), Statement.TARGET + "." + ColumnTypes.quoted(field.getName())))
                .collect(Collectors.joining(", "));
        String sql = "INSERT INTO %1$s SELECT %2$s, %3$d, NULL FROM %1$s AS %4$s WHERE _sluice_to = %3$d"
                .formatted(target.duckDbName(), values, commit, Statement.TARGET);
        run(connection, sql, update.assignments().parameters(), parameters, state);
        changed(
                job,
                new DmlStatistics()
                        .setInsertedRowCount(0L)
                        .setUpdatedRowCount(rows)
                        .setDeletedRowCount(0L),
                rows);
    }

    private static void changed(Job job, DmlStatistics dml, long rows) {
        job.getStatistics().getQuery().setDmlStats(dml).setNumDmlAffectedRows(rows);
    }
}
