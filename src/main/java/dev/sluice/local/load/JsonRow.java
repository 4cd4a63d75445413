package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** JSON objects as rows of a table, or as values of a record. Thread-safe. */
public final class JsonRow {

    private final List<TableFieldSchema> fields;
    private final boolean ignoreUnknown;
    private final boolean textsAreJson;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<TableFieldSchema, JsonRow> records = new HashMap<>();

    /** @param ignoreUnknown whether members without a field are no error */
    public JsonRow(List<TableFieldSchema> fields, boolean ignoreUnknown) {
        this(fields, ignoreUnknown, false);
    }

    /** Of insertAll, where the text for a column of JSON is JSON of its own. */
    public static JsonRow streamed(List<TableFieldSchema> fields, boolean ignoreUnknown) {
        return new JsonRow(fields, ignoreUnknown, true);
    }

    private JsonRow(List<TableFieldSchema> fields, boolean ignoreUnknown, boolean textsAreJson) {
        this.fields = fields;
        this.ignoreUnknown = ignoreUnknown;
        this.textsAreJson = textsAreJson;
        for (int i = 0; i < fields.size(); i++) {
            TableFieldSchema field = fields.get(i);
            positions.put(field.getName().toLowerCase(Locale.ROOT), i);
            if (FieldType.of(field) == FieldType.RECORD) {
                records.put(field, new JsonRow(field.getFields(), ignoreUnknown, textsAreJson));
            }
        }
    }

    /** @throws BadRow if it does not fit */
    @Nullable
    Object[] values(String line) {
        try {
            return values(JsonValues.JSON.readTree(line));
        } catch (JacksonException e) {
            throw BadRow.of("JSON parsing error");
        }
    }

    /** @throws BadRow if it does not fit */
    public @Nullable Object[] values(JsonNode object) {
        if (!object.isObject()) {
            throw BadRow.of("the row is not a JSON object");
        }
        return values(object, "");
    }

    private @Nullable Object[] values(JsonNode object, String within) {
        @Nullable Object[] values = new Object[fields.size()];
        object.forEachEntry((name, value) -> {
            Integer position = positions.get(name.toLowerCase(Locale.ROOT));
            if (position != null) {
                values[position] = value(fields.get(position), value, within);
            } else if (!ignoreUnknown) {
                throw BadRow.unknown(within.isEmpty() ? name : within + "." + name);
            }
        });
        return values;
    }

    private @Nullable Object value(TableFieldSchema field, JsonNode value, String within) {
        if (value.isNull()) {
            return null;
        }
        if (!FieldType.isRepeated(field)) {
            if (value.isArray() && FieldType.of(field) != FieldType.JSON) {
                throw BadRow.array(Fields.path(within, field), field);
            }
            return single(field, value, within);
        }
        if (!value.isArray()) {
            throw BadRow.of("A value specified for repeated field: %s.".formatted(Fields.path(within, field)));
        }
        List<Object> values = new ArrayList<>();
        for (JsonNode element : value) {
            if (element.isNull()) {
                throw BadRow.of("Only optional fields can be set to NULL. Field: %s; Value: NULL"
                        .formatted(Fields.path(within, field)));
            }
            values.add(single(field, element, within));
        }
        return values;
    }

    private Object single(TableFieldSchema field, JsonNode value, String within) {
        JsonRow record = records.get(field);
        if (record != null) {
            if (!value.isObject()) {
                throw BadRow.unfit(Fields.path(within, field), field, null);
            }
            return Collections.unmodifiableList(Arrays.asList(record.values(value, Fields.path(within, field))));
        }
        try {
            FieldType type = FieldType.of(field);
            return textsAreJson && type == FieldType.JSON && value.isString()
                    ? JsonValues.parsed(value.asString())
                    : JsonValues.value(type, value);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw BadRow.unfit(
                    Fields.path(within, field), field, value.isContainer() ? value.toString() : value.asString());
        }
    }
}
