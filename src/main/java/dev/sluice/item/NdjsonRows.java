package dev.sluice.item;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/**
 * Rows that are JSON objects already: checked at a glance or, if that does not tell, token by token; passed through byte
 * for byte.
 */
final class NdjsonRows implements RowFormat {

    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();
    private final PlainRow plain;
    private final JsonObjectCheck row;

    NdjsonRows(RowColumns columns) {
        this.plain = new PlainRow(columns);
        this.row = new JsonObjectCheck(columns);
    }

    @Override
    public @Nullable String accept(byte[] bytes, int from, int to, UnitContent content) {
        String reason = check(bytes, from, to);
        if (reason == null) {
            content.row(bytes, from, to);
        }
        return reason;
    }

    private @Nullable String check(byte[] bytes, int from, int to) {
        if (!Utf8.isWellFormed(bytes, from, to)) {
            return "not UTF-8";
        }
        return plain.isRight(bytes, from, to) ? null : parse(bytes, from, to);
    }

    /** What decides in the end; the bytes are well-formed UTF-8. */
    @Nullable
    String parse(byte[] bytes, int from, int to) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "not a JSON object";
            }
            String reason = row.check(parser);
            if (reason != null) {
                return "column " + reason;
            }
            if (parser.nextToken() != null) {
                return "more than one JSON value on the line";
            }
            return JsonEscapes.areLoadable(bytes, from, to) ? null : "an escape that is no character";
        } catch (StreamConstraintsException e) {
            return "JSON nested too deeply, or a name, number or text too long";
        } catch (JacksonException e) {
            return "broken JSON at column " + Math.max(1, e.getLocation().getColumnNr());
        }
    }
}
