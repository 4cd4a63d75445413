package dev.sluice.bigquery.catalogue;

import dev.sluice.yaml.CheckedYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code catalogue.yaml}: what DDL cannot say about a table. */
final class CatalogueFile {

    private CatalogueFile() {}

    /** @return by table name; empty if there was a problem */
    static Map<String, CatalogueEntry> read(Path file, List<String> problems) {
        Path schema = file.resolveSibling("catalogue.schema.json");
        Map<String, CatalogueEntry> entries = new TreeMap<>();
        try {
            new CheckedYaml(schema)
                    .read(file, problems)
                    .ifPresent(content -> content.path("tables")
                            .forEachEntry((name, table) -> entries.put(name, entry(file, name, table))));
        } catch (IOException e) {
            problems.add(schema + ": cannot be read");
        }
        return entries;
    }

    private static CatalogueEntry entry(Path file, String name, JsonNode table) {
        List<String> key = new ArrayList<>();
        table.path("key").forEach(column -> key.add(column.asString()));
        return new CatalogueEntry(
                file + ":" + CheckedYaml.line(table),
                name,
                table.path("dataset").asString(),
                text(table, "tenantColumn"),
                List.copyOf(key));
    }

    private static @Nullable String text(JsonNode table, String name) {
        JsonNode value = table.get(name);
        return value == null ? null : value.asString();
    }
}
