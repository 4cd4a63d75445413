package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One JSON object a line; blank lines do not count. */
final class JsonRows implements RowSource {

    private final List<TableFieldSchema> fields;
    private final Map<String, Integer> positions = new HashMap<>();

    JsonRows(List<TableFieldSchema> fields) {
        this.fields = fields;
        for (int i = 0; i < fields.size(); i++) {
            positions.put(fields.get(i).getName().toLowerCase(Locale.ROOT), i);
        }
    }

    @Override
    public void read(BufferedReader file, Sink rows) throws IOException {
        for (String line = file.readLine(); line != null; line = file.readLine()) {
            if (!line.isBlank()) {
                rows.row(values(line, rows.number()));
            }
        }
    }

    private @Nullable Object[] values(String line, long row) {
        @Nullable Object[] values = new Object[fields.size()];
        try {
            JsonNode object = JsonValues.JSON.readTree(line);
            if (!object.isObject()) {
                throw bad(row, "the row is not a JSON object");
            }
            object.forEachEntry((name, value) -> {
                int position = position(name, row);
                values[position] = value(fields.get(position), value, row);
            });
        } catch (JacksonException e) {
            throw bad(row, "JSON parsing error");
        }
        return values;
    }

    private int position(String name, long row) {
        Integer position = positions.get(name.toLowerCase(Locale.ROOT));
        if (position == null) {
            throw bad(row, "No such field: " + name + ".");
        }
        return position;
    }

    private static @Nullable Object value(TableFieldSchema field, JsonNode value, long row) {
        if (value.isNull()) {
            return null;
        }
        try {
            return JsonValues.value(field.getType(), value);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw bad(row, RowSource.cannotConvert(field));
        }
    }

    private static ApiError bad(long row, String what) {
        return RowSource.bad("JSON", row, what);
    }
}
