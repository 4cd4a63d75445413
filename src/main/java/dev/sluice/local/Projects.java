package dev.sluice.local;

import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.TableReference;
import org.jspecify.annotations.Nullable;

/** There is one project; what names another is not here. */
final class Projects {

    private Projects() {}

    /** @throws ApiError if a job's table is not named, or is of another project */
    static void requireTable(String ours, @Nullable TableReference table, String member) {
        if (table == null) {
            throw ApiError.invalid("Required parameter is missing: " + member);
        }
        require(ours, table.getProjectId());
        if (table.getDatasetId() == null || table.getTableId() == null) {
            throw ApiError.invalid("Required parameter is missing: %s.%s"
                    .formatted(member, table.getDatasetId() == null ? "datasetId" : "tableId"));
        }
    }

    /** @throws ApiError if there is one, and it is not named, or is of another project */
    static void requireDataset(String ours, @Nullable DatasetReference dataset, String member) {
        if (dataset != null) {
            require(ours, dataset.getProjectId());
            if (dataset.getDatasetId() == null || dataset.getDatasetId().isEmpty()) {
                throw ApiError.invalid("Required parameter is missing: %s.datasetId".formatted(member));
            }
        }
    }

    /** @param named null where a resource leaves it out */
    static void require(String ours, @Nullable String named) {
        if (named != null && !named.equals(ours)) {
            throw ApiError.notFound("Project " + named);
        }
    }
}
