package dev.sluice.local;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a job's rows come into a table: what is done if there is none, or if it has rows or other columns. */
final class Dispositions {

    private static final Set<String> CREATE = Set.of("CREATE_IF_NEEDED", "CREATE_NEVER");
    private static final Set<String> WRITE =
            Set.of("WRITE_APPEND", "WRITE_EMPTY", "WRITE_TRUNCATE", "WRITE_TRUNCATE_DATA");
    private static final Set<String> UPDATE = Set.of("ALLOW_FIELD_ADDITION", "ALLOW_FIELD_RELAXATION");

    private Dispositions() {}

    /** @throws ApiError for one that BigQuery does not know */
    static void require(@Nullable String create, @Nullable String write) {
        require(CREATE, "createDisposition", create);
        require(WRITE, "writeDisposition", write);
    }

    /**
     * @param write null if it is WRITE_APPEND
     * @param partition whether the job writes one partition of its table
     * @throws ApiError for options that are not known or not for this disposition
     */
    static void requireUpdates(@Nullable List<String> options, @Nullable String write, boolean partition) {
        if (options == null || options.isEmpty()) {
            return;
        }
        options.forEach(option -> require(UPDATE, "schemaUpdateOptions", option));
        boolean allowed = write == null
                || write.equals("WRITE_APPEND")
                || write.equals("WRITE_TRUNCATE_DATA")
                || write.equals("WRITE_TRUNCATE") && partition;
        if (!allowed) {
            throw ApiError.invalid(
                    "Schema update options should only be specified with WRITE_APPEND disposition, or with"
                            + " WRITE_TRUNCATE disposition on a table partition.");
        }
    }

    private static void require(Set<String> known, String member, @Nullable String value) {
        if (value != null && !known.contains(value)) {
            throw ApiError.invalid("Invalid value for %s: %s is not a valid value".formatted(member, value));
        }
    }
}
