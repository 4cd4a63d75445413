package dev.sluice.bigquery.catalogue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code catalogue.yaml} says of one table.
 *
 * @param place file and line, for messages
 */
record CatalogueEntry(
        String place, String name, String dataset, @Nullable String tenantColumn, List<String> key) {

    private static final String TENANT_DATASETS = "tenant";

    /** @param problems receives whatever is said here of columns that the schema file does not have */
    CatalogueTable table(TableDdl ddl, List<String> problems) {
        for (String column : key) {
            if (find(ddl, column).isEmpty()) {
                problems.add("%s: key column %s is not a column of table %s".formatted(place, column, name));
            }
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
                ddl.columns(),
                ddl.partitioning(),
                ddl.clustering(),
                "schema/" + name + ".sql");
    }

    private static boolean isRequiredString(TableDdl ddl, String column) {
        return find(ddl, column)
                .filter(found -> found.type() == ColumnType.STRING && found.mode() == ColumnMode.REQUIRED)
                .isPresent();
    }

    private static Optional<TableColumn> find(TableDdl ddl, String column) {
        return ddl.columns().stream().filter(each -> each.name().equals(column)).findFirst();
    }
}
