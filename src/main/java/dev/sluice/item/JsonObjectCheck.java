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

    /** The parser stands on the object's start and is left on its end, unless there is a reason to reject. */
    @Nullable
    String check(JsonParser parser, String path) {
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
                return "column " + path + "'" + printable(name) + "' is not in the table";
            }
            String reason = value(parser, position, path);
            if (reason != null) {
                return "column " + path + columns.column(position).name() + ": " + reason;
            }
        }
        String missing = columns.missingRequired(seen);
        return missing == null ? null : "column " + path + missing + " is REQUIRED and missing";
    }

    private @Nullable String value(JsonParser parser, int position, String path) {
        TableColumn column = columns.column(position);
        JsonToken token = parser.nextToken();
        if (seen[position]) {
            return "given twice";
        }
        seen[position] = true;
        if (token == JsonToken.VALUE_NULL) {
            return ofNull(column, position);
        }
        if (column.mode() == ColumnMode.REPEATED) {
            return elements(parser, position, path);
        }
        if (position == tenant && !parser.getString().equals(columns.org())) {
            return "belongs to another organization";
        }
        return single(parser, token, position, path);
    }

    private @Nullable String ofNull(TableColumn column, int position) {
        if (position == tenant) {
            return "belongs to no organization";
        }
        return column.mode() == ColumnMode.NULLABLE ? null : column.mode() + " and null";
    }

    private @Nullable String elements(JsonParser parser, int position, String path) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return "REPEATED but not an array";
        }
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            String reason = token == JsonToken.VALUE_NULL ? "null in an array" : single(parser, token, position, path);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    private @Nullable String single(JsonParser parser, JsonToken token, int position, String path) {
        JsonObjectCheck struct = structs[position];
        if (struct == null) {
            return JsonValueCheck.of(columns.column(position), parser, token);
        }
        if (token != JsonToken.START_OBJECT) {
            return "not an object";
        }
        return struct.check(parser, path + columns.column(position).name() + ".");
    }

    static String printable(String name) {
        boolean plain = name.length() <= 128 && name.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain ? name : "(unprintable name)";
    }
}
