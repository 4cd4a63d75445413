package dev.sluice.bigquery.catalogue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code catalogue.yaml} says of one table.
 *
 * @param place file and line, for messages
 */
record CatalogueEntry(
        String place,
        String name,
        String dataset,
        @Nullable String tenantColumn,
        List<String> key,
        List<ScopeEntry> scopes) {

    private static final String TENANT_DATASETS = "tenant";

    /** Values that are equal only if they are the same, so that they can tell rows apart. */
    private static final Set<ColumnType> KEY_TYPES =
            EnumSet.complementOf(EnumSet.of(ColumnType.FLOAT64, ColumnType.JSON, ColumnType.STRUCT));

    /** @param problems receives whatever is said here of columns that the schema file does not have */
    CatalogueTable table(TableDdl ddl, List<String> problems) {
        for (String column : key) {
            checkKey(ddl, column, problems);
        }
        if (tenantColumn != null && !isRequiredString(ddl, tenantColumn)) {
            problems.add("%s: tenantColumn %s is not a column of table %s that is STRING NOT NULL"
                    .formatted(place, tenantColumn, name));
        }
        return new CatalogueTable(
                name,
                dataset.equals(TENANT_DATASETS) ? null : dataset,
                tenantColumn,
                key,
                scopes.stream()
                        .map(scope -> scope.read(ddl, problems))
                        .flatMap(Optional::stream)
                        .toList(),
                ddl.columns(),
                ddl.partitioning(),
                ddl.clustering(),
                "schema/" + name + ".sql");
    }

    private void checkKey(TableDdl ddl, String column, List<String> problems) {
        Optional<TableColumn> found = ddl.column(column);
        if (found.isEmpty()) {
            problems.add("%s: key column %s is not a column of table %s".formatted(place, column, name));
        } else if (!KEY_TYPES.contains(found.get().type()) || found.get().mode() == ColumnMode.REPEATED) {
            problems.add("%s: key column %s of table %s cannot identify rows: its type is not comparable"
                    .formatted(place, column, name));
        }
    }

    private static boolean isRequiredString(TableDdl ddl, String column) {
        return ddl.column(column)
                .filter(found -> found.type() == ColumnType.STRING && found.mode() == ColumnMode.REQUIRED)
                .isPresent();
    }
}
