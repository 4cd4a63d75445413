package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The size of visible rows by BigQuery's data type sizes: a NULL has none, a text two bytes and its UTF-8. What a
 * query is billed for: whole mebibytes, at least ten for each table that it names.
 */
final class LogicalBytes {

    private static final long MEBIBYTE = 1 << 20;
    private static final long LEAST_PER_TABLE = 10 * MEBIBYTE;

    private LogicalBytes() {}

    /** Of the rows that a commit has added. */
    static long of(Connection connection, StoredTable table, long commit) throws SQLException {
        return of(connection, table, "_sluice_from = " + commit);
    }

    /** @param rows DuckDB's condition for them */
    static long of(Connection connection, StoredTable table, String rows) throws SQLException {
        return Store.text(
                        connection,
                        "SELECT CAST(COALESCE(SUM(%s), 0) AS VARCHAR) FROM %s WHERE %s"
                                .formatted(sql(table.fields()), table.duckDbName(), rows))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** DuckDB's expression for the bytes of a row in these columns. */
    static String sql(List<TableFieldSchema> fields) {
        return fields.isEmpty()
                ? "0"
                : sum(fields.stream()
                        .map(field -> value(ColumnTypes.quoted(field.getName()), field, 0))
                        .toList());
    }

    /** By halves: DuckDB bounds the depth of an expression, and plans a deep one slowly. */
    private static String sum(List<String> terms) {
        int half = terms.size() / 2;
        return half == 0
                ? terms.get(0)
                : "(%s + %s)".formatted(sum(terms.subList(0, half)), sum(terms.subList(half, terms.size())));
    }

    /** DuckDB's expression for the bytes of one value. */
    private static String value(String of, TableFieldSchema field, int depth) {
        if (!"REPEATED".equals(field.getMode())) {
            return single(of, field, depth);
        }
        String element = "e" + depth;
        return "COALESCE(list_sum(list_transform(%s, lambda %s: %s)), 0)"
                .formatted(of, element, single(element, field, depth + 1));
    }

    private static String single(String of, TableFieldSchema field, int depth) {
        if (ColumnTypes.isRecord(field)) {
            return sum(field.getFields().stream()
                    .map(member -> value(of + "." + ColumnTypes.quoted(member.getName()), member, depth))
                    .toList());
        }
        String bytes = switch (ColumnTypes.standard(field.getType())) {
            case "STRING" -> "2 + strlen(%s)".formatted(of);
            case "BYTES" -> "2 + octet_length(%s)".formatted(of);
            case "JSON" -> "strlen(CAST(%s AS VARCHAR))".formatted(of);
            case "BOOLEAN" -> "1";
            case "NUMERIC" -> "16";
            case "BIGNUMERIC" -> "32";
            default -> "8";
        };
        return "CASE WHEN %s IS NULL THEN 0 ELSE %s END".formatted(of, bytes);
    }

    /** @param processed of one table */
    static long billed(long processed) {
        long whole = (processed + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
        return processed == 0 ? 0 : Math.max(whole, LEAST_PER_TABLE);
    }
}
