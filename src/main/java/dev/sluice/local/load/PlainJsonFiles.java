package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Loads of files that hold plain rows only ({@link PlainRow}): they are looked through, and then DuckDB reads them, which
 * takes a third of the time that appending takes.
 */
final class PlainJsonFiles {

    private static final String GLOB = "*?[]{}\\";

    private static final double LEAST_MEBIBYTES = 240;
    private static final int PART_BYTES = 8 << 20;

    private PlainJsonFiles() {}

    /**
     * Loads all of them.
     *
     * @param files in UTF-8
     * @return how many rows they have; empty if they are not plain, or if their names, the columns or DuckDB's memory do not
     *     suit, and then nothing has happened
     * @throws SQLException also if others use the memory that DuckDB's reader needs; the transaction is over then
     */
    static OptionalLong load(Connection connection, LoadTarget target, List<SourceFile> files)
            throws IOException, SQLException {
        if (target.fields().isEmpty()
                || !files.stream().allMatch(PlainJsonFiles::hasPlainName)
                || !target.fields().stream().allMatch(PlainJsonFiles::isPlain)
                || !hasMemory(connection)) {
            return OptionalLong.empty();
        }
        OptionalLong rows = PlainLines.count(files, target.fields(), PART_BYTES, target.job()::requireGoing);
        if (rows.isEmpty()) {
            return rows;
        }
        if (insert(connection, target, files) != rows.getAsLong()) {
            throw new IOException("a file has changed while it was loaded");
        }
        return rows;
    }

    /** DuckDB need not put what its threads read, 16 MiB each, back into the order of the file. */
    private static long insert(Connection connection, LoadTarget target, List<SourceFile> files) throws SQLException {
        try (Statement order = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement(sql(target, files))) {
            order.execute("SET SESSION preserve_insertion_order = false");
            int rows = target.job().execute(statement);
            order.execute("RESET SESSION preserve_insertion_order");
            return rows;
        }
    }

    /** DuckDB's reader has buffers of 32 MiB, and fails where it cannot have a few. */
    private static boolean hasMemory(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet limit = statement.executeQuery("SELECT current_setting('memory_limit')")) {
            limit.next();
            String[] sizeAndUnit = limit.getString(1).split(" ", -1);
            return switch (sizeAndUnit[1]) {
                case "bytes", "KiB" -> false;
                case "MiB" -> Double.parseDouble(sizeAndUnit[0]) >= LEAST_MEBIBYTES;
                default -> true;
            };
        }
    }

    private static boolean hasPlainName(SourceFile file) {
        return file.path().toString().chars().noneMatch(c -> GLOB.indexOf(c) >= 0);
    }

    private static boolean isPlain(TableFieldSchema field) {
        return !FieldType.isRepeated(field)
                && !duckDb(field).isEmpty()
                && field.getName().chars().noneMatch(Character::isISOControl);
    }

    /** The type in which DuckDB reads it; empty for what is left to Jackson. */
    private static String duckDb(TableFieldSchema field) {
        FieldType type = FieldType.of(field);
        return switch (type) {
            case STRING -> "VARCHAR";
            case INTEGER -> "BIGINT";
            case FLOAT -> "DOUBLE";
            case TIMESTAMP -> "TIMESTAMPTZ";
            case DATETIME -> "TIMESTAMP";
            case BOOLEAN, DATE, TIME, JSON -> type.name();
            case BYTES, NUMERIC, BIGNUMERIC, RECORD -> "";
        };
    }

    private static String sql(LoadTarget target, List<SourceFile> files) {
        String columns = target.fields().stream().map(PlainJsonFiles::quoted).collect(Collectors.joining(", "));
        String types = target.fields().stream()
                .map(field -> quoted(field) + ": '" + duckDb(field) + "'")
                .collect(Collectors.joining(", "));
        String paths = files.stream()
                .map(file -> "'" + file.path().toString().replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
        return """
                INSERT INTO data.%s (%s, _sluice_from) SELECT %2$s, %d FROM read_json([%s], format = 'newline_delimited',
                compression = 'none', records = 'true', hive_partitioning = false, maximum_object_size = %d, columns = {%s})
                """.formatted(target.table(), columns, target.commit(), paths, PlainLines.LONGEST, types);
    }

    private static String quoted(TableFieldSchema field) {
        return "\"" + field.getName().replace("\"", "\"\"") + "\"";
    }
}
