package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Checks one JSON object against columns: names, modes and types. Not thread-safe: one row at a time. */
final class JsonObjectCheck {

    private final RowColumns columns;
    private final int tenant;
    private final boolean[] seen;
    private final @Nullable JsonObjectCheck[] structs;

    JsonObjectCheck(RowColumns columns) {
        this.columns = columns;
        this.tenant = columns.tenantPosition();
        int count = columns.columns().size();
        this.seen = new boolean[count];
        this.structs = new JsonObjectCheck[count];
        for (int i = 0; i < count; i++) {
            TableColumn column = columns.column(i);
            structs[i] = column.type() == ColumnType.STRUCT ? new JsonObjectCheck(columns.fieldsOf(column)) : null;
        }
    }

    /**
     * The parser stands on the object's start and is left on its end, unless there is a reason to reject: it begins with the
     * path of the member, {@code items[2].price: not a valid NUMERIC}.
     */
    @Nullable
    String check(JsonParser parser) {
        Arrays.fill(seen, false);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int position = columns.position(name);
            if (position < 0 && columns.ignores(name)) {
                parser.nextToken();
                parser.skipChildren();
                continue;
            }
            if (position < 0) {
                return "'" + printable(name) + "' is not in the table";
            }
            String reason = value(parser, position);
            if (reason != null) {
                return columns.column(position).name() + reason;
            }
        }
        String missing = columns.missingRequired(seen);
        return missing == null ? null : missing + " is REQUIRED and missing";
    }

    private @Nullable String value(JsonParser parser, int position) {
        TableColumn column = columns.column(position);
        JsonToken token = parser.nextToken();
        if (seen[position]) {
            return ": given twice";
        }
        seen[position] = true;
        if (token == JsonToken.VALUE_NULL) {
            return ofNull(column, position);
        }
        if (column.mode() == ColumnMode.REPEATED) {
            return elements(parser, position);
        }
        if (position == tenant && !parser.getString().equals(columns.org())) {
            return ": belongs to another organization";
        }
        return single(parser, token, position);
    }

    private @Nullable String ofNull(TableColumn column, int position) {
        if (position == tenant) {
            return ": belongs to no organization";
        }
        return column.mode() == ColumnMode.NULLABLE ? null : ": %s and null".formatted(column.mode());
    }

    private @Nullable String elements(JsonParser parser, int position) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return ": REPEATED but not an array";
        }
        int element = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            String reason = token == JsonToken.VALUE_NULL ? ": null in an array" : single(parser, token, position);
            if (reason != null) {
                return "[%d]%s".formatted(element, reason);
            }
            element++;
        }
        return null;
    }

    private @Nullable String single(JsonParser parser, JsonToken token, int position) {
        JsonObjectCheck struct = structs[position];
        if (struct != null && token != JsonToken.START_OBJECT) {
            return ": not an object";
        }
        String reason =
                struct == null ? JsonValueCheck.of(columns.column(position), parser, token) : struct.check(parser);
        return reason == null ? null : (struct == null ? ": " : ".") + reason;
    }

    static String printable(String name) {
        boolean plain = name.length() <= 128 && name.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain ? name : "(unprintable name)";
    }
}
