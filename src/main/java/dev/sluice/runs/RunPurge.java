package dev.sluice.runs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a purge removed, or would; the component names are those of the {@code --json} form.
 *
 * @param before runs that ended earlier went
 * @param dryRun whether nothing was removed
 * @param list a file with the instances that would go; null unless it is a dry run
 * @param rows for each table
 */
public record RunPurge(
        Instant before, boolean dryRun, @Nullable String list, List<Removed> rows) {

    /** How many rows of one table. */
    public record Removed(String table, long rows) {}
}
