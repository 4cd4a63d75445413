package dev.sluice.local;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What datasets and tables may be called. */
final class Names {

    private static final int MOST_BYTES = 1024;
    private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_]+");

    /** Letters, marks, numbers, connectors, dashes and spaces, by cloud.google.com/bigquery/docs/tables#table_naming. */
    private static final Pattern TABLE = Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}\\p{Zs}]+");

    private Names() {}

    /** @throws ApiError 400 */
    static void requireDataset(@Nullable String name) {
        require("dataset", DATASET, name);
    }

    /** @throws ApiError 400 */
    static void requireTable(@Nullable String name) {
        require("table", TABLE, name);
    }

    private static void require(String what, Pattern pattern, @Nullable String name) {
        if (name == null
                || !pattern.matcher(name).matches()
                || name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw ApiError.invalid("Invalid %s ID \"%s\"".formatted(what, name));
        }
    }
}
