package dev.sluice.local.sql;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Executes translated statements in a DuckDB of its own, without the server around them. */
final class Warehouse implements Relations, AutoCloseable {

    /** A result: BigQuery's types as DuckDB has them, and values as text. */
    record Result(List<String> names, List<String> types, List<List<@Nullable String>> rows) {}

    /** What statements answer that are no queries. */
    static final Result NOTHING = new Result(List.of(), List.of(), List.of());

    private final Connection connection;
    private final Map<TableName, List<Column>> tables = new HashMap<>();

    Warehouse() throws SQLException {
        var properties = new Properties();
        properties.setProperty("enable_external_access", "false");
        connection = DriverManager.getConnection("jdbc:duckdb:", properties);
    }

    @Override
    public Relation find(TableName name) {
        return relation(name, "");
    }

    @Override
    public Relation target(TableName name) {
        return relation(name, "rowid AS " + Statement.ROW + ", ");
    }

    private Relation relation(TableName name, String row) {
        List<Column> columns = tables.get(name);
        if (columns == null) {
            throw new SqlRefused("notFound", "Not found: Table " + name.table());
        }
        String list = columns.stream()
                .map(column -> QueryTranslator.quoted(column.name()))
                .collect(Collectors.joining(", "));
        return new Relation("SELECT %s%s FROM %s".formatted(row, list, duckDb(name)), columns);
    }

    private static String duckDb(TableName name) {
        return QueryTranslator.quoted(name.dataset() + "." + name.table());
    }

    Result query(String sql) throws SQLException {
        return query(sql, Map.of(), Map.of());
    }

    Result query(String sql, Map<String, String> types, Map<String, String> values) throws SQLException {
        Statement statement = GoogleSql.read(sql, this, types);
        if (statement instanceof Statement.Select select) {
            return select(select, values);
        }
        change(statement, values);
        return NOTHING;
    }

    private void change(Statement statement, Map<String, String> values) throws SQLException {
        if (statement instanceof Statement.CreateTable create) {
            create(create);
        } else if (statement instanceof Statement.Insert insert) {
            String columns =
                    insert.columns().stream().map(QueryTranslator::quoted).collect(Collectors.joining(", "));
            String sql = "INSERT INTO %s (%s) SELECT * FROM (%s)"
                    .formatted(duckDb(insert.target()), columns, insert.source().sql());
            execute(sql, insert.source().parameters(), values);
        } else if (statement instanceof Statement.Delete delete) {
            String sql = "DELETE FROM %s AS %s WHERE %s"
                    .formatted(duckDb(delete.target()), Statement.TARGET, delete.condition());
            execute(sql, delete.parameters(), values);
        } else if (statement instanceof Statement.Change change && change.type().equals("UPDATE")) {
            String columns = tables.get(change.target()).stream()
                    .map(column -> QueryTranslator.quoted(column.name()))
                    .collect(Collectors.joining(", "));
            execute(
                    "CREATE OR REPLACE TABLE changes (_sluice_action, _sluice_row, %s) AS %s"
                            .formatted(columns, change.rows().sql()),
                    change.rows().parameters(),
                    values);
            execute("DELETE FROM %s WHERE rowid IN (SELECT _sluice_row FROM changes)"
                    .formatted(duckDb(change.target())));
            execute("INSERT INTO %s SELECT %s FROM changes".formatted(duckDb(change.target()), columns));
        } else {
            throw new SqlRefused("invalidQuery", "not for this test: " + statement.type());
        }
    }

    private void create(Statement.CreateTable create) throws SQLException {
        String columns = create.columns().stream()
                .map(column -> QueryTranslator.quoted(column.name()) + " "
                        + Type.named(column.type()).orElseThrow().duckDb())
                .collect(Collectors.joining(", "));
        execute("CREATE TABLE %s (%s)".formatted(duckDb(create.table()), columns), List.of(), Map.of());
        tables.put(create.table(), create.columns());
    }

    private void execute(String sql) throws SQLException {
        execute(sql, List.of(), Map.of());
    }

    private void execute(String sql, List<String> order, Map<String, String> values) throws SQLException {
        try (PreparedStatement prepared = bind(sql, order, values)) {
            prepared.execute();
        }
    }

    private PreparedStatement bind(String sql, List<String> order, Map<String, String> values) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        for (int i = 0; i < order.size(); i++) {
            prepared.setString(i + 1, values.get(order.get(i)));
        }
        return prepared;
    }

    private Result select(Statement.Select select, Map<String, String> values) throws SQLException {
        try (PreparedStatement prepared = bind(select.sql(), select.parameters(), values);
                ResultSet result = prepared.executeQuery()) {
            int width = result.getMetaData().getColumnCount();
            List<String> names = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                names.add(result.getMetaData().getColumnName(i));
                types.add(result.getMetaData().getColumnTypeName(i));
            }
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(text(result.getObject(i)));
                }
                rows.add(row);
            }
            return new Result(names, types, rows);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        if (value instanceof OffsetDateTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime().toString();
        }
        if (value instanceof java.sql.Timestamp time) {
            LocalDateTime local = time.toLocalDateTime();
            return local.toString();
        }
        return value == null ? null : value.toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
