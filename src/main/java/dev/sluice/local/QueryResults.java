package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.Statement;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What queries have found: tables for a day, which nobody lists or changes. */
final class QueryResults {

    private static final Duration LIFE = Duration.ofHours(24);

    private final Numbers numbers;
    private final Commits commits;
    private final ResultTables tables;
    private final String projectId;
    private final Clock clock;

    QueryResults(Store store, Tables tables, String projectId, Clock clock) {
        this.numbers = new Numbers(store, "meta.result_number");
        this.commits = store.commits();
        this.tables = tables.results();
        this.projectId = projectId;
        this.clock = clock;
    }

    /** Tables that a result may join if the caller's transaction has not begun to read. */
    ResultTables.Known known() {
        return tables.known();
    }

    /** @param known tables that the caller's transaction sees */
    TableReference keep(
            Connection connection,
            ResultTables.Known known,
            Statement.Select select,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        List<TableFieldSchema> fields = fields(select);
        @Nullable Long joined = known.number(TableLayout.columnsSql(fields));
        long table = joined == null ? create(connection, fields) : joined;
        Table result = resource(ResultTables.resultName(numbers.next()), fields, LIFE);
        var stored = new Tables.Stored(result, table);
        TableRecords.add(connection, stored.name(), stored);
        String sql = "INSERT INTO data.t%d SELECT *, CAST($%d AS BIGINT), NULL FROM (%s)"
                .formatted(table, select.parameters().size() + 1, select.sql());
        try (PreparedStatement statement = BoundStatements.bind(connection, sql, select.parameters(), parameters)) {
            statement.setLong(select.parameters().size() + 1, ResultTables.from(result));
            state.execute(statement);
        }
        commits.then(connection, () -> tables.remember(stored));
        return result.getTableReference();
    }

    /** The table goes when all results that will have joined it have gone. */
    private long create(Connection connection, List<TableFieldSchema> fields) throws SQLException {
        long number = Store.next(connection, "meta.table_number");
        Table resource = resource(
                ResultTables.sharedName(number),
                fields,
                ResultTables.SHARED.plus(LIFE).plus(LIFE));
        var table = new Tables.Stored(resource, number);
        Store.update(connection, TableLayout.createSql(table));
        TableRecords.add(connection, table.name(), table);
        commits.then(
                connection, () -> tables.share(TableLayout.columnsSql(fields), number, resource.getCreationTime()));
        return number;
    }

    static List<TableFieldSchema> fields(Statement.Select select) {
        return select.columns().stream().map(ColumnTypes::field).toList();
    }

    private Table resource(String name, List<TableFieldSchema> fields, Duration life) {
        long now = clock.millis();
        var reference = new TableReference()
                .setProjectId(projectId)
                .setDatasetId(Tables.RESULTS)
                .setTableId(name);
        return new Table()
                .setKind("bigquery#table")
                .setType("TABLE")
                .setId("%s:%s.%s".formatted(projectId, Tables.RESULTS, name))
                .setEtag("e" + name)
                .setTableReference(reference)
                .setSchema(new TableSchema().setFields(fields))
                .setCreationTime(now)
                .setLastModifiedTime(BigInteger.valueOf(now))
                .setExpirationTime(now + life.toMillis());
    }
}
