package dev.sluice.bigquery.catalogue;

import dev.sluice.yaml.CheckedYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code catalogue.yaml}: what DDL cannot say about a table. */
final class CatalogueFile {

    private CatalogueFile() {}

    static List<CatalogueEntry> read(Path file, List<String> problems) {
        try {
            var yaml = new CheckedYaml(file.resolveSibling("catalogue.schema.json"));
            List<CatalogueEntry> entries = new ArrayList<>();
            yaml.read(file, problems)
                    .ifPresent(content ->
                            content.path("tables").forEachEntry((name, table) -> entries.add(entry(name, table))));
            return entries;
        } catch (IOException e) {
            problems.add(file.resolveSibling("catalogue.schema.json") + ": cannot be read");
            return List.of();
        }
    }

    private static CatalogueEntry entry(String name, JsonNode table) {
        List<String> key = new ArrayList<>();
        table.path("key").forEach(column -> key.add(column.asString()));
        return new CatalogueEntry(name, table.path("dataset").asString(), text(table, "tenantColumn"), key);
    }

    private static @Nullable String text(JsonNode table, String name) {
        JsonNode value = table.get(name);
        return value == null ? null : value.asString();
    }
}
