package dev.sluice.bigquery.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All tables that exist by design, from {@code sql/schema}. Immutable. */
public final class TableCatalogue {

    private final Map<String, CatalogueTable> tables;

    private TableCatalogue(Map<String, CatalogueTable> tables) {
        this.tables = tables;
    }

    /**
     * Reads {@code sql/schema/catalogue.yaml} and the schema file of each table in it.
     *
     * @param root the checkout
     * @throws InvalidCatalogue with every problem found
     */
    public static TableCatalogue load(Path root) {
        Path folder = root.resolve("sql").resolve("schema");
        List<String> problems = new ArrayList<>();
        Map<String, CatalogueTable> tables = new TreeMap<>();
        for (CatalogueEntry entry : CatalogueFile.read(folder.resolve("catalogue.yaml"), problems)) {
            try {
                Path file = folder.resolve(entry.name() + ".sql");
                tables.put(entry.name(), table(entry, SchemaFile.columns(file.toString(), Files.readString(file))));
            } catch (DdlProblem e) {
                problems.add(e.getMessage());
            } catch (IOException e) {
                problems.add("%s/%s.sql: cannot be read, but catalogue.yaml names it".formatted(folder, entry.name()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidCatalogue(problems);
        }
        return new TableCatalogue(tables);
    }

    private static CatalogueTable table(CatalogueEntry entry, List<TableColumn> columns) {
        return new CatalogueTable(
                entry.name(),
                entry.dataset().equals("tenant") ? null : entry.dataset(),
                entry.tenantColumn(),
                entry.key(),
                List.copyOf(columns),
                "schema/" + entry.name() + ".sql");
    }

    public Optional<CatalogueTable> find(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** In alphabetical order. */
    public List<String> names() {
        return List.copyOf(tables.keySet());
    }
}
