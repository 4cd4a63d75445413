package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.SourceFormat;
import dev.sluice.item.source.Encoding;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one bulk insert was asked to do; names as in {@code jobs/bulk-insert/bulk-insert.yaml}.
 *
 * @param source a file, a folder or a glob
 * @param formatName {@code auto} if the files' endings tell
 * @param delimiter between fields of CSV, by name or itself; so is {@code quote}
 * @param org null if neither the table's dataset nor its rows belong to a tenant
 * @param scope which part of the table is replaced; checked at launch
 * @param batch a label that allows the same content to be appended again
 * @param unitBytes how much of the source one load job carries
 * @param wire how that travels; says nothing about what BigQuery reads by itself
 */
record BulkInsertParameters(
        String table,
        String source,
        String formatName,
        Encoding encoding,
        String delimiter,
        String quote,
        boolean header,
        String nullMarker,
        @Nullable String org,
        LoadMode mode,
        @Nullable ScopeArgument scope,
        @Nullable String batch,
        SchemaPolicy schemaPolicy,
        long maxRejects,
        long unitBytes,
        WireFormat wire) {

    static BulkInsertParameters of(Map<String, String> values) {
        return new BulkInsertParameters(
                values.getOrDefault("table", ""),
                values.getOrDefault("source", ""),
                values.getOrDefault("format", "auto"),
                Encoding.valueOf(constant(values.getOrDefault("encoding", "utf-8"))),
                values.getOrDefault("delimiter", "comma"),
                values.getOrDefault("quote", "double"),
                Boolean.parseBoolean(values.getOrDefault("header", "true")),
                values.getOrDefault("nullMarker", ""),
                values.get("org"),
                LoadMode.of(values.getOrDefault("mode", "append")),
                Optional.ofNullable(values.get("scope")).map(ScopeArgument::of).orElse(null),
                values.get("batch"),
                SchemaPolicy.of(values.getOrDefault("schemaPolicy", "refuse")),
                Long.parseLong(values.getOrDefault("maxRejects", "0")),
                Long.parseLong(values.getOrDefault("unitSize", "67108864")),
                WireFormat.of(values.getOrDefault("wire", "auto")));
    }

    /** Empty if the files' endings tell. */
    Optional<SourceFormat> format() {
        return formatName.equals("auto") ? Optional.empty() : Optional.of(SourceFormat.valueOf(constant(formatName)));
    }

    private static String constant(String choice) {
        return choice.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
