package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What the first 500 rows of JSON files say of their columns, in the order in which they appear. */
final class JsonDetection {

    private static final int LOOKED_AT = 500;

    private final Map<String, Seen> members = new LinkedHashMap<>();

    private JsonDetection() {}

    private static final class Seen {
        private @Nullable FieldType type;
        private boolean repeated;
        private @Nullable JsonDetection record;
    }

    static List<TableFieldSchema> fields(List<SourceFile> files, Charset charset) throws IOException {
        var detection = new JsonDetection();
        try (BufferedReader text = files.get(0).text(charset)) {
            int rows = 0;
            for (String line = text.readLine(); line != null && rows < LOOKED_AT; line = text.readLine()) {
                if (!line.isBlank()) {
                    detection.see(JsonValues.JSON.readTree(line));
                    rows++;
                }
            }
        } catch (JacksonException e) {
            throw LoadRefused.unreadable(files.get(0), "Failed to parse JSON");
        }
        if (detection.members.isEmpty()) {
            throw LoadRefused.unreadable(files.get(0), "Schema has no fields.");
        }
        return detection.fields();
    }

    private void see(JsonNode object) {
        object.forEachEntry((name, value) -> {
            Seen seen = members.computeIfAbsent(TypeGuess.name(name), unused -> new Seen());
            if (value.isArray()) {
                seen.repeated = true;
                value.forEach(element -> see(seen, element));
            } else {
                see(seen, value);
            }
        });
    }

    private static void see(Seen seen, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (value.isObject()) {
            seen.type = TypeGuess.common(seen.type, FieldType.RECORD);
            seen.record = seen.record == null ? new JsonDetection() : seen.record;
            seen.record.see(value);
            return;
        }
        seen.type = TypeGuess.common(seen.type, scalar(value));
    }

    private static FieldType scalar(JsonNode value) {
        if (value.isBoolean()) {
            return FieldType.BOOLEAN;
        }
        if (value.isNumber()) {
            return value.canConvertToLong() && value.isIntegralNumber() ? FieldType.INTEGER : FieldType.FLOAT;
        }
        // numbers and bools in quotes are what they would be without
        return TypeGuess.of(value.asString());
    }

    private List<TableFieldSchema> fields() {
        return members.entrySet().stream()
                .map(member -> field(member.getKey(), member.getValue()))
                .toList();
    }

    private static TableFieldSchema field(String name, Seen seen) {
        FieldType type = seen.type == null ? FieldType.STRING : seen.type;
        var field = new TableFieldSchema()
                .setName(name)
                .setType(type.name())
                .setMode(seen.repeated ? "REPEATED" : "NULLABLE");
        return type == FieldType.RECORD && seen.record != null ? field.setFields(seen.record.fields()) : field;
    }
}
