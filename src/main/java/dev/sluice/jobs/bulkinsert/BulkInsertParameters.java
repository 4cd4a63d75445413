package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.SourceFormat;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one bulk insert was asked to do; names as in {@code jobs/bulk-insert/bulk-insert.yaml}.
 *
 * @param org null if neither the table's dataset nor its rows belong to a tenant
 * @param batch a label that allows the same content to be appended again
 * @param unitBytes how much of the source one load job carries
 */
record BulkInsertParameters(
        String table,
        Path source,
        SourceFormat format,
        @Nullable String org,
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
                values.get("batch"),
                Long.parseLong(values.getOrDefault("maxRejects", "0")),
                Long.parseLong(values.getOrDefault("unitSize", "67108864")));
    }

    private static SourceFormat format(String name, Path source) {
        if (!name.equals("auto")) {
            return SourceFormat.valueOf(name.toUpperCase(Locale.ROOT));
        }
        boolean csv = source.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        return csv ? SourceFormat.CSV : SourceFormat.NDJSON;
    }
}
