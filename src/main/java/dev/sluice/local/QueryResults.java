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
import java.util.Optional;
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

    /**
     * @param known tables that the caller's transaction sees
     * @param read bytes, null if that is not told
     */
    TableReference keep(
            Connection connection,
            ResultTables.Known known,
            @Nullable Long read,
            Statement.Select select,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        List<TableFieldSchema> fields = fields(select);
        @Nullable Long joined = known.number(TableLayout.columnsSql(fields));
        long number = joined == null ? create(connection, fields) : joined;
        var table = new Tables.Stored(resource(ResultTables.resultName(numbers.next()), fields, LIFE), number);
        TableRecords.add(connection, table.name(), table);
        Optional<FewRows> rows = compute(connection, table, read, select, parameters, state);
        commits.then(connection, tables.remembering(table, rows.orElse(null)));
        return table.resource().getTableReference();
    }

    /** @return the rows, if they are few */
    private static Optional<FewRows> compute(
            Connection connection,
            Tables.Stored table,
            @Nullable Long read,
            Statement.Select select,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        boolean isTold = FewRows.areTold(table.fields(), read);
        int place = select.parameters().size() + 1;
        String sql = "INSERT INTO %s SELECT *, CAST($%d AS BIGINT), NULL FROM (%s)%s"
                .formatted(table.sharedName(), place, select.sql(), isTold ? FewRows.returning(table.fields()) : "");
        try (PreparedStatement statement = BoundStatements.bind(connection, sql, select.parameters(), parameters)) {
            statement.setLong(place, ResultTables.from(table.resource()));
            if (isTold) {
                return state.query(statement, FewRows::read);
            }
            state.execute(statement);
            return Optional.empty();
        }
    }

    /** The table goes when all results that will have joined it have gone; a job that takes longer begins again. */
    private long create(Connection connection, List<TableFieldSchema> fields) throws SQLException {
        long number = Store.next(connection, "meta.table_number");
        Table resource = resource(
                ResultTables.sharedName(number),
                fields,
                ResultTables.SHARED.multipliedBy(2).plus(LIFE));
        var table = new Tables.Stored(resource, number);
        Store.update(connection, TableLayout.createSql(table));
        TableRecords.add(connection, table.name(), table);
        String columns = TableLayout.columnsSql(fields);
        commits.then(connection, () -> tables.share(columns, number, resource.getCreationTime()));
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
