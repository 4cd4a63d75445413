package dev.sluice.local.functions;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Makes Java's functions known to a DuckDB database; of NULL they make NULL. Each {@code bq_x} has a twin {@code bq_safe_x}
 * whose errors are NULL.
 */
final class ScalarFunctions {

    private final Connection connection;

    ScalarFunctions(Connection connection) {
        this.connection = connection;
    }

    /** TRUE, of which DuckDB does not know that it is the same for all rows. */
    void truth(String name) throws SQLException {
        try (var builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(name)
                    .withReturnType(DuckDBColumnType.BOOLEAN)
                    .withFunction(() -> true)
                    .withVolatile()
                    .register(connection);
        }
    }

    /** Of one argument. */
    <I, O> void one(String name, DuckDBColumnType from, DuckDBColumnType to, Function<I, @Nullable O> function)
            throws SQLException {
        define(name, from, to, function);
        define(twin(name), from, to, (I value) -> orNull(() -> function.apply(value)));
    }

    private static String twin(String name) {
        return name.replaceFirst("bq_", "bq_safe_");
    }

    private static <O> @Nullable O orNull(Supplier<@Nullable O> function) {
        try {
            return function.get();
        } catch (GoogleError e) {
            return null;
        }
    }

    private <I, O> void define(
            String name, DuckDBColumnType from, DuckDBColumnType to, Function<I, @Nullable O> function)
            throws SQLException {
        try (var builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(name)
                    .withParameter(from)
                    .withReturnType(to)
                    .withFunction((I value) -> value == null ? null : function.apply(value))
                    .register(connection);
        }
    }

    /** Of two arguments. */
    <L, R, O> void two(
            String name,
            DuckDBColumnType left,
            DuckDBColumnType right,
            DuckDBColumnType to,
            BiFunction<L, R, @Nullable O> function)
            throws SQLException {
        define(name, left, right, to, function);
        define(twin(name), left, right, to, (L one, R other) -> orNull(() -> function.apply(one, other)));
    }

    private <L, R, O> void define(
            String name,
            DuckDBColumnType left,
            DuckDBColumnType right,
            DuckDBColumnType to,
            BiFunction<L, R, @Nullable O> function)
            throws SQLException {
        try (var builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(name)
                    .withParameter(left)
                    .withParameter(right)
                    .withReturnType(to)
                    .withFunction((L one, R other) -> one == null || other == null ? null : function.apply(one, other))
                    .register(connection);
        }
    }
}
