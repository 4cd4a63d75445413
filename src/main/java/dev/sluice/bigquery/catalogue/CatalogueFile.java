package dev.sluice.bigquery.catalogue;

import dev.sluice.yaml.CheckedYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
                List.copyOf(key),
                scopes(file, table.path("scopes")));
    }

    private static List<ScopeEntry> scopes(Path file, JsonNode scopes) {
        List<ScopeEntry> entries = new ArrayList<>();
        scopes.forEachEntry((name, scope) -> {
            Map<String, String> fixed = new LinkedHashMap<>();
            scope.path("fixed").forEachEntry((column, value) -> fixed.put(column, value.asString()));
            entries.add(new ScopeEntry(
                    file + ":" + CheckedYaml.line(scope),
                    name,
                    scope.path("description").asString(),
                    scope.path("column").asString(),
                    fixed));
        });
        return entries;
    }

    private static @Nullable String text(JsonNode table, String name) {
        JsonNode value = table.get(name);
        return value == null ? null : value.asString();
    }
}
