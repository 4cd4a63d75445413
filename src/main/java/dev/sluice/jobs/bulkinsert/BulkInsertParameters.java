package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.SourceFormat;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one bulk insert was asked to do; names as in {@code jobs/bulk-insert/bulk-insert.yaml}.
 *
 * @param org null if neither the table's dataset nor its rows belong to a tenant
 * @param scope which part of the table is replaced; checked at launch
 * @param batch a label that allows the same content to be appended again
 * @param unitBytes how much of the source one load job carries
 * @param format null if it was not given and the source's ending does not tell; such a start is refused
 */
record BulkInsertParameters(
        String table,
        Path source,
        @Nullable SourceFormat format,
        @Nullable String org,
        LoadMode mode,
        @Nullable ScopeArgument scope,
        @Nullable String batch,
        long maxRejects,
        long unitBytes) {

    static BulkInsertParameters of(Map<String, String> values) {
        Path source = Path.of(values.getOrDefault("source", ""));
        return new BulkInsertParameters(
                values.getOrDefault("table", ""),
                source,
                format(values.getOrDefault("format", "auto"), source),
                values.get("org"),
                LoadMode.of(values.getOrDefault("mode", "append")),
                Optional.ofNullable(values.get("scope")).map(ScopeArgument::of).orElse(null),
                values.get("batch"),
                Long.parseLong(values.getOrDefault("maxRejects", "0")),
                Long.parseLong(values.getOrDefault("unitSize", "67108864")));
    }

    private static @Nullable SourceFormat format(String name, Path source) {
        return name.equals("auto")
                ? SourceFormat.of(source).orElse(null)
                : SourceFormat.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
