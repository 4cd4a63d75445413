package dev.sluice.local;

import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.GetServiceAccountResponse;
import com.google.api.services.bigquery.model.ProjectList;
import com.google.api.services.bigquery.model.ProjectReference;
import com.google.api.services.bigquery.model.TableReference;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** There is one project; what names another is not here. */
final class Projects {

    private static final int OK = 200;

    private Projects() {}

    /** @throws ApiError if a job's table is not named, or is of another project */
    static void requireTable(String ours, @Nullable TableReference table, String member) {
        if (table == null) {
            throw ApiError.invalid("Required parameter is missing: " + member);
        }
        require(ours, table.getProjectId());
        requireText(table.getDatasetId(), member + ".datasetId");
        requireText(table.getTableId(), member + ".tableId");
    }

    /** @throws ApiError if there is one, and it is not named, or is of another project */
    static void requireDataset(String ours, @Nullable DatasetReference dataset, String member) {
        if (dataset != null) {
            require(ours, dataset.getProjectId());
            requireText(dataset.getDatasetId(), member + ".datasetId");
        }
    }

    private static void requireText(@Nullable String text, String member) {
        if (text == null || text.isEmpty()) {
            throw ApiError.invalid("Required parameter is missing: " + member);
        }
    }

    /** @param named null where a resource leaves it out */
    static void require(String ours, @Nullable String named) {
        if (named != null && !named.equals(ours)) {
            throw ApiError.notFound("Project " + named);
        }
    }

    /** The one there is. */
    static void list(Exchange exchange, String ours) throws IOException {
        requireGet(exchange, "projects");
        exchange.answer(
                OK,
                new ProjectList()
                        .setKind("bigquery#projectList")
                        .setEtag(Resources.etag(ours))
                        .setTotalItems(1)
                        .setProjects(List.of(new ProjectList.Projects()
                                .setKind("bigquery#project")
                                .setId(ours)
                                .setNumericId(BigInteger.ONE)
                                .setFriendlyName(ours)
                                .setProjectReference(new ProjectReference().setProjectId(ours)))));
    }

    /** Who would encrypt with a customer's keys; nobody does. */
    static void serviceAccount(Exchange exchange, String ours) throws IOException {
        requireGet(exchange, "a service account");
        exchange.answer(
                OK,
                new GetServiceAccountResponse()
                        .setKind("bigquery#getServiceAccountResponse")
                        .setEmail("bq-1@%s.invalid".formatted(ours)));
    }

    private static void requireGet(Exchange exchange, String what) {
        if (!exchange.method().equals("GET")) {
            throw ApiError.unsupported("%s on %s".formatted(exchange.method(), what));
        }
    }
}
