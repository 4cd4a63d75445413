package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Whether a text is a value for a column of type JSON. */
final class JsonText {

    private static final String NOT_JSON = "not a valid JSON";

    private final JsonFactory json;

    JsonText(JsonFactory json) {
        this.json = json;
    }

    /** @return null if it is one, otherwise why not */
    @Nullable
    String check(TableColumn column, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.VALUE_NULL && column.mode() == ColumnMode.REQUIRED) {
                return "REQUIRED and null";
            }
            String reason = first == null ? NOT_JSON : JsonColumn.check(parser);
            if (reason != null) {
                return reason;
            }
            return parser.nextToken() == null && JsonEscapes.areLoadable(bytes, 0, bytes.length) ? null : NOT_JSON;
        } catch (JacksonException e) {
            return NOT_JSON;
        }
    }
}
