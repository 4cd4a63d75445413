package dev.sluice.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Appends the rows of a file; the first bad row fails the whole load. Used once. */
final class RowLoader {

    private static final int CHECK_EVERY = 1000;

    private final Tables.Stored table;
    private final long commit;
    private final Runnable requireGoing;
    private long rows;
    private long bytes;

    /** @param requireGoing throws when the load must end; asked now and then */
    RowLoader(Tables.Stored table, long commit, Runnable requireGoing) {
        this.table = table;
        this.commit = commit;
        this.requireGoing = requireGoing;
    }

    void load(Connection connection, RowSource source, Path file) throws SQLException {
        var duckDb = connection.unwrap(DuckDBConnection.class);
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                DuckDBAppender appender = duckDb.createAppender("data", "t" + table.number())) {
            source.read(lines, new Appending(appender));
        } catch (CharacterCodingException e) {
            throw ApiError.invalid("Error while reading data, error message: the file is not UTF-8");
        } catch (NoSuchFileException e) {
            throw ApiError.internal("the uploaded bytes are gone");
        } catch (IOException e) {
            throw ApiError.backend("the uploaded bytes cannot be read");
        } catch (AppendFailed e) {
            throw e.cause();
        }
    }

    /** Carries DuckDB's failure through a source that knows nothing of it. */
    private static final class AppendFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final SQLException cause;

        AppendFailed(SQLException cause) {
            super(cause);
            this.cause = cause;
        }

        SQLException cause() {
            return cause;
        }
    }

    private final class Appending implements RowSource.Sink {

        private final DuckDBAppender appender;

        Appending(DuckDBAppender appender) {
            this.appender = appender;
        }

        @Override
        public void row(@Nullable Object[] values) {
            try {
                append(values);
            } catch (SQLException e) {
                throw new AppendFailed(e);
            }
            rows++;
            if (rows % CHECK_EVERY == 0) {
                requireGoing.run();
            }
        }

        private void append(@Nullable Object[] values) throws SQLException {
            appender.beginRow();
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (value == null) {
                    requireNullable(i);
                    appender.appendNull();
                } else {
                    ColumnValue.append(appender, value);
                    bytes += ColumnValue.bytes(value);
                }
            }
            appender.append(commit);
            appender.appendNull();
            appender.endRow();
        }

        private void requireNullable(int column) {
            var field = table.fields().get(column);
            if ("REQUIRED".equals(field.getMode())) {
                throw ApiError.invalid(
                        "Error while reading data, error message: Rows: %d; errors: 1. Missing required field: %s."
                                .formatted(number(), field.getName()));
            }
        }

        @Override
        public long number() {
            return rows + 1;
        }
    }

    long rows() {
        return rows;
    }

    /** Logical bytes of all rows. */
    long bytes() {
        return bytes;
    }
}
