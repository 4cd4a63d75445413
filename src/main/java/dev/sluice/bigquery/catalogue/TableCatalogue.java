package dev.sluice.bigquery.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All tables that exist by design, from {@code sql/schema}. Immutable. */
public final class TableCatalogue {

    private static final String DDL = ".sql";

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
        Map<String, CatalogueEntry> entries = CatalogueFile.read(folder.resolve("catalogue.yaml"), problems);
        boolean entriesAreKnown = problems.isEmpty();
        Map<String, CatalogueTable> tables = new TreeMap<>();
        for (Path file : schemaFiles(folder, problems)) {
            String name = file.getFileName().toString().replace(DDL, "");
            CatalogueEntry entry = entries.remove(name);
            Optional<TableDdl> ddl = read(file, problems);
            if (entry != null) {
                ddl.ifPresent(found -> tables.put(name, entry.table(found, problems)));
            } else if (entriesAreKnown) {
                problems.add("%s:1: catalogue.yaml does not name table %s; add it there".formatted(file, name));
            }
        }
        entries.values()
                .forEach(entry -> problems.add("%s: table %s has no schema file; add %s%s beside it"
                        .formatted(entry.place(), entry.name(), entry.name(), DDL)));
        if (!problems.isEmpty()) {
            throw new InvalidCatalogue(problems);
        }
        return new TableCatalogue(tables);
    }

    private static List<Path> schemaFiles(Path folder, List<String> problems) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(DDL)).sorted().toList();
        } catch (IOException e) {
            problems.add(folder + ": cannot be read; it belongs to the checkout that sluice.root names");
            return List.of();
        }
    }

    private static Optional<TableDdl> read(Path file, List<String> problems) {
        try {
            return Optional.of(SchemaFile.read(file.toString(), Files.readString(file)));
        } catch (DdlProblem e) {
            problems.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            problems.add(file + ": cannot be read");
        }
        return Optional.empty();
    }

    public Optional<CatalogueTable> find(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** In alphabetical order. */
    public List<String> names() {
        return List.copyOf(tables.keySet());
    }
}
