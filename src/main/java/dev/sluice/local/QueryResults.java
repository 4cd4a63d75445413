package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.Statement;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What queries have found: tables of their own for a day, which nobody lists. */
final class QueryResults {

    private static final Duration LIFE = Duration.ofHours(24);

    private final String projectId;
    private final Clock clock;

    QueryResults(String projectId, Clock clock) {
        this.projectId = projectId;
        this.clock = clock;
    }

    TableReference keep(
            Connection connection, Statement.Select select, Map<String, QueryParameter> parameters, RunningJob state)
            throws SQLException {
        long number = Store.next(connection, "meta.table_number");
        var results = new Tables.Stored(resource(number, fields(select)), number);
        Store.update(connection, TableLayout.createSql(results));
        TableReference reference = results.resource().getTableReference();
        TableRecords.add(connection, Tables.name(reference), results);
        BoundStatements.run(
                connection,
                "INSERT INTO %s SELECT *, 0, NULL FROM (%s)".formatted(results.duckDbName(), select.sql()),
                select.parameters(),
                parameters,
                state);
        return reference;
    }

    static List<TableFieldSchema> fields(Statement.Select select) {
        return select.columns().stream().map(ColumnTypes::field).toList();
    }

    private Table resource(long number, List<TableFieldSchema> fields) {
        long now = clock.millis();
        var reference = new TableReference()
                .setProjectId(projectId)
                .setDatasetId(Tables.RESULTS)
                .setTableId("r" + number);
        return new Table()
                .setKind("bigquery#table")
                .setType("TABLE")
                .setId("%s:%s.%s".formatted(projectId, Tables.RESULTS, reference.getTableId()))
                .setEtag("e" + number)
                .setTableReference(reference)
                .setSchema(new TableSchema().setFields(fields))
                .setCreationTime(now)
                .setLastModifiedTime(BigInteger.valueOf(now))
                .setExpirationTime(now + LIFE.toMillis());
    }
}
