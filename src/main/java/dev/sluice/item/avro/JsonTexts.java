package dev.sluice.item.avro;

import java.io.ByteArrayOutputStream;
import org.apache.avro.util.Utf8;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Values of JSON columns as texts, their numbers to the digit. Not thread-safe. */
final class JsonTexts {

    private final JsonFactory json;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    JsonTexts(JsonFactory json) {
        this.json = json;
    }

    /** The parser stands on the value's first token and is left on its last. */
    Utf8 read(JsonParser parser) {
        text.reset();
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), text, JsonEncoding.UTF8)) {
            copy(parser, out);
        }
        return new Utf8(text.toByteArray());
    }

    private static void copy(JsonParser parser, JsonGenerator out) {
        int depth = 0;
        for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token.isNumeric()) {
                out.writeNumber(parser.getString());
            } else {
                out.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }
}
