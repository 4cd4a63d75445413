package dev.sluice.bigquery.catalogue;

import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table that exists by design. Immutable.
 *
 * @param dataset a central dataset's name; null if each tenant has the table in a dataset of its own
 * @param tenantColumn the column that says whose row it is; null if there is none
 * @param key columns that identify a row, within its tenant if there is a tenant column; BigQuery does not enforce it
 * @param scopes parts of the table that can be replaced by themselves
 * @param partitioning what stands behind PARTITION BY, for example {@code DATE(created_at)}; null if it is not partitioned
 * @param clustering the columns behind CLUSTER BY, in order; empty if it is not clustered
 * @param ddlFile relative to {@code sql/}, with the placeholder {@code ${table}}
 */
public record CatalogueTable(
        String name,
        @Nullable String dataset,
        @Nullable String tenantColumn,
        List<String> key,
        List<CatalogueScope> scopes,
        List<TableColumn> columns,
        @Nullable String partitioning,
        List<String> clustering,
        String ddlFile) {

    public boolean isTenantDataset() {
        return dataset == null;
    }

    public Optional<CatalogueScope> scope(String scopeName) {
        return scopes.stream().filter(scope -> scope.name().equals(scopeName)).findFirst();
    }

    /**
     * Where the table is.
     *
     * @param org must not be null for a table in tenant datasets
     */
    public TableId tableId(String projectId, @Nullable String org, String environment) {
        if (dataset != null) {
            return TableId.of(projectId, dataset, name);
        }
        if (org == null) {
            throw new IllegalArgumentException(
                    "table %s is in tenant datasets: an organization is needed".formatted(name));
        }
        return TableId.of(projectId, org + "_" + environment, name);
    }

    /** The same table with more columns. */
    public CatalogueTable with(List<TableColumn> more) {
        List<TableColumn> all = Stream.concat(columns.stream(), more.stream()).toList();
        return new CatalogueTable(name, dataset, tenantColumn, key, scopes, all, partitioning, clustering, ddlFile);
    }

    public Schema schema() {
        return Schema.of(columns.stream().map(TableColumn::toField).toList());
    }
}
