package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes what queries find into {@link ResultTables}. */
final class QueryResults {

    private final Numbers numbers;
    private final Commits commits;
    private final ReadTransactions reading;
    private final ResultTables tables;
    private final Clock clock;

    QueryResults(Store store, Tables tables, Clock clock) {
        this.numbers = new Numbers(store, "meta.result_number");
        this.commits = store.commits();
        this.reading = store.reading();
        this.tables = tables.results();
        this.clock = clock;
    }

    /** Tables that a result may join if the caller's transaction has not begun to read. */
    SharedTables.Known known() {
        return tables.shared().known();
    }

    /**
     * @param known tables that the caller's transaction sees
     * @param read bytes, null if that is not told
     */
    TableReference keep(
            Connection connection,
            SharedTables.Known known,
            @Nullable Long read,
            Statement.Select select,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        @Nullable Long joined = known.number(select.columns());
        long table = joined == null ? create(connection, select.columns()) : joined;
        var name = ResultName.at(clock.instant(), numbers.next(), table);
        List<TableFieldSchema> fields = ColumnTypes.fields(select.columns());
        var writing = new ResultWriting(connection, name, fields, select, parameters, state);
        Optional<FewRows> rows = FewRows.areTold(fields, read) ? writing.told() : writing.written();
        if (SharedTables.isLate(name, clock.instant())) {
            name = moved(connection, name, select.columns());
        } else if (joined != null && rows.isPresent() && FewRows.areReadBack(fields)) {
            reading.journal(connection, SharedTables.rows(name, fields, rows.get()));
        }
        commits.then(connection, tables.remembering(name, fields, rows.orElse(null)));
        return tables.reference(name.text());
    }

    /** The life of a result begins when it is there, and that of what it was to join has begun long before. */
    private ResultName moved(Connection connection, ResultName name, List<Column> columns) throws SQLException {
        var now = ResultName.at(clock.instant(), numbers.next(), create(connection, columns));
        SharedTables.move(connection, name, now);
        return now;
    }

    private long create(Connection connection, List<Column> columns) throws SQLException {
        StoredTable table = tables.shared().create(connection, tables.reference(""), columns);
        commits.then(connection, () -> tables.shared().share(columns, table));
        return table.number();
    }
}
