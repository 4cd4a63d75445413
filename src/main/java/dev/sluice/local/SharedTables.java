package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.JournalEntry.Row;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.TableName;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB tables that hold the rows of many results, told apart by {@code _sluice_from}, since making a table costs DuckDB
 * more than a small query, and it plans all statements anew after it. One is named {@code t} and its number, and recorded as
 * other tables are. A result without rows has one there that is removed. Thread-safe.
 */
final class SharedTables {

    /** How long results join a table. */
    private static final Duration OPEN = Duration.ofHours(1);

    private static final int MOST = 1000;

    /** By columns. */
    record Known(Map<List<Column>, Shared> tables, long now) {

        /** The number of a table that a result may join. */
        @Nullable
        Long number(List<Column> columns) {
            Shared table = tables.get(columns);
            return table == null || table.born() + OPEN.toMillis() < now ? null : table.number();
        }
    }

    /** For who may see none of them. */
    static final Known NONE = new Known(Map.of(), 0);

    private record Shared(long number, long born) {}

    private final Clock clock;
    private final Duration life;
    private Map<List<Column>, Shared> tables = Map.of();

    /** @param life of a result */
    SharedTables(Clock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    /** Those that a transaction sees if it has not begun to read. */
    synchronized Known known() {
        return new Known(tables, clock.millis());
    }

    /** Lets the results of others join a table that has been committed. */
    synchronized void share(List<Column> columns, StoredTable table) {
        Map<List<Column>, Shared> more = tables.size() < MOST ? new HashMap<>(tables) : new HashMap<>();
        more.put(columns, new Shared(table.number(), table.resource().getCreationTime()));
        tables = Map.copyOf(more);
    }

    /** The table goes when all results have gone that joined it and were not {@link #isLate late}. */
    StoredTable create(Connection connection, TableReference reference, List<Column> columns) throws SQLException {
        long number = Store.next(connection, "meta.table_number");
        long now = clock.millis();
        reference.setTableId("t" + number);
        Table resource = ResultTables.resource(reference, ColumnTypes.fields(columns))
                .setCreationTime(now)
                .setLastModifiedTime(BigInteger.valueOf(now))
                .setExpirationTime(now + OPEN.multipliedBy(2).plus(life).toMillis());
        Store.update(connection, TableLayout.createSql(new StoredTable(relaxed(reference, columns), number)));
        var table = new StoredTable(resource, number);
        TableRecords.add(connection, table.name(), table);
        return table;
    }

    /** A row that stands for a result without rows has no values. */
    private static Table relaxed(TableReference reference, List<Column> columns) {
        return ResultTables.resource(
                reference,
                ColumnTypes.fields(columns.stream()
                        .map(column -> new Column(column.name(), column.type()))
                        .toList()));
    }

    /** Rows of a result for the journal; one that stands for them if there are none. */
    static List<Row> rows(ResultName name, List<TableFieldSchema> fields, FewRows few) {
        String table = "data.t" + name.table();
        String from = String.valueOf(name.from());
        List<String> types = new ArrayList<>();
        fields.forEach(field -> types.add(ColumnTypes.duckDb(field)));
        types.addAll(List.of("BIGINT", "BIGINT"));
        List<Row> rows = new ArrayList<>();
        for (List<@Nullable String> texts : few.texts()) {
            List<@Nullable String> values = new ArrayList<>(texts);
            values.addAll(Arrays.asList(from, null));
            rows.add(new Row(table, types, values));
        }
        if (rows.isEmpty()) {
            List<@Nullable String> none = new ArrayList<>();
            fields.forEach(field -> none.add(null));
            none.addAll(List.of(from, from));
            rows.add(new Row(table, types, none));
        }
        return rows;
    }

    /** Makes a result known that has no rows. */
    static void addNone(Connection connection, ResultName name) throws SQLException {
        Store.update(
                connection,
                "INSERT INTO data.t%d (_sluice_from, _sluice_to) VALUES (?, ?)".formatted(name.table()),
                name.from(),
                name.from());
    }

    /** The fields of a result that the caller's transaction sees; empty if there is none. */
    static Optional<List<TableFieldSchema>> find(Connection connection, ResultName name) throws SQLException {
        Optional<StoredTable> table = TableRecords.find(connection, new TableName(Tables.RESULTS, "t" + name.table()));
        return table.isPresent() && has(connection, name) ? table.map(StoredTable::fields) : Optional.empty();
    }

    private static boolean has(Connection connection, ResultName name) throws SQLException {
        return Store.text(
                        connection,
                        "SELECT 'x' FROM data.t%d WHERE _sluice_from = ? LIMIT 1".formatted(name.table()),
                        name.from())
                .isPresent();
    }

    /** Whether it took so long to find a result that it may outlive its table. */
    static boolean isLate(ResultName name, Instant now) {
        return name.moment().plus(OPEN).isBefore(now);
    }

    static void move(Connection connection, ResultName from, ResultName to) throws SQLException {
        Store.update(
                connection,
                "INSERT INTO data.t%d SELECT * REPLACE (CAST(? AS BIGINT) AS _sluice_from) FROM data.t%d WHERE _sluice_from = ?"
                        .formatted(to.table(), from.table()),
                to.from(),
                from.from());
        remove(connection, from);
    }

    static void remove(Connection connection, ResultName name) throws SQLException {
        Store.update(connection, "DELETE FROM data.t%d WHERE _sluice_from = ?".formatted(name.table()), name.from());
    }
}
