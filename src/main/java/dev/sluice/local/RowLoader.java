package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Appends the rows of a newline-delimited JSON file; the first bad row fails the whole load. */
final class RowLoader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int CHECK_EVERY = 1000;

    private final Tables.Stored table;
    private final long commit;
    private final BooleanSupplier cancelled;
    private final Map<String, Integer> positions = new HashMap<>();

    RowLoader(Tables.Stored table, long commit, BooleanSupplier cancelled) {
        this.table = table;
        this.commit = commit;
        this.cancelled = cancelled;
        for (int i = 0; i < table.fields().size(); i++) {
            positions.put(table.fields().get(i).getName().toLowerCase(Locale.ROOT), i);
        }
    }

    /** @return rows appended */
    long load(Connection connection, Path file) throws SQLException {
        long rows = 0;
        var duckDb = connection.unwrap(DuckDBConnection.class);
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                DuckDBAppender appender = duckDb.createAppender("data", "t" + table.number())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    append(appender, line, ++rows);
                }
                if (rows % CHECK_EVERY == 0 && cancelled.getAsBoolean()) {
                    throw new ApiError(200, "stopped", "Job execution was cancelled");
                }
            }
        } catch (IOException e) {
            throw ApiError.invalid("Error while reading data, error message: the file is not UTF-8");
        }
        return rows;
    }

    private void append(DuckDBAppender appender, String line, long row) throws SQLException {
        JsonNode[] values = new JsonNode[table.fields().size()];
        try {
            JsonNode object = JSON.readTree(line);
            if (!object.isObject()) {
                throw bad(row, "the row is not a JSON object");
            }
            object.forEachEntry((name, value) -> values[position(name, row)] = value);
        } catch (JacksonException e) {
            throw bad(row, "JSON parsing error");
        }
        appender.beginRow();
        for (int i = 0; i < values.length; i++) {
            append(appender, table.fields().get(i), values[i], row);
        }
        appender.append(commit);
        appender.appendNull();
        appender.endRow();
    }

    private int position(String name, long row) {
        Integer position = positions.get(name.toLowerCase(Locale.ROOT));
        if (position == null) {
            throw bad(row, "No such field: " + name + ".");
        }
        return position;
    }

    private static void append(DuckDBAppender appender, TableFieldSchema field, @Nullable JsonNode value, long row)
            throws SQLException {
        if (value == null || value.isNull()) {
            if ("REQUIRED".equals(field.getMode())) {
                throw bad(row, "Missing required field: " + field.getName() + ".");
            }
            appender.appendNull();
            return;
        }
        try {
            JsonValues.append(appender, field.getType(), value);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw bad(row, "Could not convert value to %s. Field: %s;".formatted(field.getType(), field.getName()));
        }
    }

    private static ApiError bad(long row, String what) {
        return ApiError.invalid(("Error while reading data, error message: JSON table encountered too many errors,"
                        + " giving up. Rows: %d; errors: 1. %s")
                .formatted(row, what));
    }
}
