package dev.sluice.local.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends rows to a DuckDB table in the caller's transaction; they are there once this is closed. */
public final class RowAppender implements AutoCloseable {

    private static final int CHECK_EVERY = 1000;
    private static final int FROM = -1;
    private static final int LATER = -2;

    private final LoadTarget target;
    private final DuckDBAppender appender;
    private final ValueAppender values;
    private final RowRules rules;
    /** For each of DuckDB's columns the table's field that it is; or one of the hidden ones. */
    private final List<Integer> columns;

    private long rows;

    private RowAppender(LoadTarget target, DuckDBAppender appender, List<Integer> columns) {
        this.target = target;
        this.appender = appender;
        this.values = new ValueAppender(appender);
        this.rules = new RowRules(target.fields());
        this.columns = columns;
    }

    public static RowAppender open(Connection connection, LoadTarget target) throws SQLException {
        List<Integer> columns = columns(connection, target);
        var duckDb = connection.unwrap(DuckDBConnection.class);
        return new RowAppender(target, duckDb.createAppender("data", target.table()), columns);
    }

    private static List<Integer> columns(Connection connection, LoadTarget target) throws SQLException {
        List<Integer> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'data' AND table_name = ?"
                        + " ORDER BY column_index")) {
            statement.setString(1, target.table());
            try (ResultSet names = statement.executeQuery()) {
                while (names.next()) {
                    columns.add(column(names.getString(1), target));
                }
            }
        }
        return columns;
    }

    private static int column(String name, LoadTarget target) {
        return switch (name) {
            case "_sluice_from" -> FROM;
            case "_sluice_to" -> LATER;
            // decided when the whole load is there
            case "_PARTITIONTIME" -> LATER;
            default -> Fields.position(target.fields(), name);
        };
    }

    /**
     * @param row values of the target's fields, in their order: a {@link Collection} for a record and for a repeated field
     * @throws BadRow if it does not keep to the columns' {@link RowRules}; then nothing is appended
     */
    public void append(@Nullable Object[] row) throws SQLException {
        rules.apply(row);
        appender.beginRow();
        for (int column : columns) {
            if (column == FROM) {
                appender.append(target.commit());
            } else if (column == LATER) {
                appender.appendNull();
            } else {
                values.append(target.fields().get(column), row[column]);
            }
        }
        appender.endRow();
        rows++;
        if (rows % CHECK_EVERY == 0) {
            target.job().requireGoing();
        }
    }

    public long rows() {
        return rows;
    }

    @Override
    public void close() throws SQLException {
        appender.close();
    }
}
