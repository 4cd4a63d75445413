package dev.sluice.bigquery.catalogue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one schema file declares; see {@link CatalogueTable} for the parts. */
record TableDdl(List<TableColumn> columns, @Nullable String partitioning, List<String> clustering) {

    Optional<TableColumn> column(String name) {
        return columns.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
