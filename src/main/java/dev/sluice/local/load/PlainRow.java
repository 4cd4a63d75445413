package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether rows of a table are written so plainly that DuckDB's reader takes from them the values that {@link JsonRow}
 * would: names as the table has them and once only, no conversion between types, nothing missing. Not thread-safe.
 */
final class PlainRow {

    private final byte[][] names;
    private final FieldType[] types;
    private final int[] required;
    /** The rows that had a column last, and that had it with a value. */
    private final long[] named;

    private final long[] valued;
    private final PlainJson json = new PlainJson();
    private final PlainTree tree = new PlainTree(json);
    private long row;
    private int next;

    PlainRow(List<TableFieldSchema> fields) {
        this.names = fields.stream()
                .map(field -> field.getName().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.types = fields.stream().map(FieldType::of).toArray(FieldType[]::new);
        this.required = IntStream.range(0, names.length)
                .filter(i -> FieldType.isRequired(fields.get(i)))
                .toArray();
        this.named = new long[names.length];
        this.valued = new long[names.length];
    }

    /**
     * Where the row that begins there ends, after its line feed; 0 if it is not plain.
     *
     * @param bytes with a line feed somewhere after {@code from}, and after that {@link PlainCharacters#BEYOND} more
     */
    int end(byte[] bytes, int from) {
        row++;
        next = 0;
        json.begin(bytes, from);
        return json.take('{') && members() && json.endOfLine() && isWhole() ? json.at() : 0;
    }

    private boolean members() {
        if (json.take('}')) {
            return true;
        }
        do {
            if (!member()) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    private boolean member() {
        int column = column();
        if (column < 0 || named[column] == row || !json.take(':')) {
            return false;
        }
        named[column] = row;
        next = column + 1;
        if (json.take(PlainWord.NULL)) {
            return true;
        }
        valued[column] = row;
        return value(types[column]);
    }

    /** Most often the one after the last one; less than 0 if it is none. */
    private int column() {
        if (next < names.length && json.takeString(names[next])) {
            return next;
        }
        boolean simple = json.simpleString();
        for (int i = 0; simple && i < names.length; i++) {
            if (json.isText(names[i])) {
                return i;
            }
        }
        return -1;
    }

    private boolean value(FieldType type) {
        return switch (type) {
            case STRING -> json.peek() == '"' ? json.string() : json.integer();
            case JSON -> tree.value();
            case INTEGER -> json.integer();
            case FLOAT -> json.number();
            case BOOLEAN -> json.take(PlainWord.TRUE) || json.take(PlainWord.FALSE);
            case DATE -> json.simpleString() && json.isTime(PlainTime.DATE);
            case TIME -> json.simpleString() && json.isTime(PlainTime.TIME);
            case DATETIME -> json.simpleString() && json.isTime(PlainTime.DATETIME);
            case TIMESTAMP -> json.simpleString() && json.isTime(PlainTime.TIMESTAMP);
            case BYTES, NUMERIC, BIGNUMERIC, RECORD -> false;
        };
    }

    private boolean isWhole() {
        for (int column : required) {
            if (valued[column] != row) {
                return false;
            }
        }
        return true;
    }
}
