package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What queries have found: tables of their own for a day, which nobody lists. */
final class QueryResults {

    private static final Duration LIFE = Duration.ofHours(24);

    private final Tables tables;
    private final Clock clock;

    QueryResults(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /**
     * Keeps what a query finds: with its job if it is small, else in a table.
     *
     * @param bytes that it reads
     * @return the table, which may have to be made yet
     */
    TableReference keep(
            Connection connection,
            Job job,
            Statement.Select select,
            Map<String, QueryParameter> parameters,
            RunningJob state,
            long bytes)
            throws SQLException {
        List<TableFieldSchema> fields = fields(select);
        long now = clock.millis();
        if (SmallResults.mayBe(bytes, fields)) {
            TableLayout.requireNames(fields);
            Optional<KeptRows> small =
                    SmallResults.find(connection, select, fields, parameters, state, now + LIFE.toMillis());
            if (small.isPresent()) {
                state.keep(small.get());
                return reference(KeptRows.table(job.getJobReference().getJobId()));
            }
        }
        state.keep(null);
        long number = Tables.number(connection);
        var name = new TableName(Tables.RESULTS, "r" + number);
        Tables.Stored results = Tables.add(
                connection,
                resource(tables.projectId(), name, fields, now).setExpirationTime(now + LIFE.toMillis()),
                number);
        BoundStatements.run(
                connection,
                "INSERT INTO %s SELECT *, 0, NULL FROM (%s)".formatted(results.duckDbName(), select.sql()),
                select.parameters(),
                parameters,
                state);
        return results.resource().getTableReference();
    }

    private TableReference reference(String table) {
        return new TableReference()
                .setProjectId(tables.projectId())
                .setDatasetId(Tables.RESULTS)
                .setTableId(table);
    }

    static List<TableFieldSchema> fields(Statement.Select select) {
        return select.columns().stream().map(ColumnTypes::field).toList();
    }

    /** The table of a result; without an expiration. */
    static Table resource(String projectId, TableName name, List<TableFieldSchema> fields, long now) {
        var reference = new TableReference()
                .setProjectId(projectId)
                .setDatasetId(name.dataset())
                .setTableId(name.table());
        return new Table()
                .setKind("bigquery#table")
                .setType("TABLE")
                .setId("%s:%s.%s".formatted(projectId, name.dataset(), name.table()))
                .setEtag(Resources.etag(name.table()))
                .setTableReference(reference)
                .setSchema(new TableSchema().setFields(fields))
                .setCreationTime(now)
                .setLastModifiedTime(BigInteger.valueOf(now));
    }
}
