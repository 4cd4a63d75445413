package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The size of visible rows by BigQuery's data type sizes: a NULL has none, a text two bytes and its UTF-8. What a
 * query is billed for: whole mebibytes, at least ten for each table that it names.
 */
final class LogicalBytes {

    private static final long MEBIBYTE = 1 << 20;
    private static final long LEAST_PER_TABLE = 10 * MEBIBYTE;

    private LogicalBytes() {}

    static long of(Connection connection, Tables.Stored table) throws SQLException {
        return of(connection, table, name -> true);
    }

    static long of(Connection connection, Tables.Stored table, Predicate<String> columns) throws SQLException {
        List<TableFieldSchema> counted = table.fields().stream()
                .filter(field -> columns.test(field.getName()))
                .toList();
        if (counted.isEmpty()) {
            return 0;
        }
        String sum = counted.stream().map(LogicalBytes::column).collect(Collectors.joining(" + "));
        return Store.text(
                        connection,
                        "SELECT CAST(%s AS VARCHAR) FROM %s WHERE _sluice_to IS NULL"
                                .formatted(sum, table.duckDbName()))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static String column(TableFieldSchema field) {
        String name = ColumnTypes.quoted(field.getName());
        return switch (ColumnTypes.standard(field.getType())) {
            case "STRING" -> "COALESCE(SUM(2 + strlen(%s)), 0)".formatted(name);
            case "JSON" -> "COALESCE(SUM(strlen(CAST(%s AS VARCHAR))), 0)".formatted(name);
            case "BOOLEAN" -> "COUNT(%s)".formatted(name);
            case "NUMERIC" -> "16 * COUNT(%s)".formatted(name);
            default -> "8 * COUNT(%s)".formatted(name);
        };
    }

    static long billed(long processed, int tables) {
        if (tables == 0) {
            return 0;
        }
        long whole = (processed + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
        return Math.max(whole, tables * LEAST_PER_TABLE);
    }
}
