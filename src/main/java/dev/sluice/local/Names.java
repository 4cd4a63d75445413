package dev.sluice.local;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
        require("Dataset", DATASET, name, "");
    }

    /** @throws ApiError 400 */
    static void requireTable(@Nullable String name) {
        require("Table", TABLE, name, " Also, Table decorators cannot be used.");
    }

    private static void require(String what, Pattern pattern, @Nullable String name, String also) {
        if (name == null
                || !pattern.matcher(name).matches()
                || name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw ApiError.invalid(
                    "Invalid %s ID \"%s\". %s IDs must be alphanumeric (plus underscores) and must be at most 1024 characters long.%s"
                            .formatted(what.toLowerCase(Locale.ROOT), name, what, also));
        }
    }

    /**
     * @param named by a request's body; null if it does not
     * @throws ApiError if its path says something else
     */
    static void requireAgreeing(@Nullable String named, String path) {
        if (named != null && !named.equals(path)) {
            throw ApiError.invalid(
                    ("Value '%s' in content does not agree with value '%s'. This can happen when a value set through a"
                                    + " parameter is inconsistent with a value set in the request.")
                            .formatted(named, path));
        }
    }
}
