package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import java.util.List;
import java.util.Map;

/** Who may do what with a dataset, as BigQuery tells it. */
final class DatasetAccess {

    /** Roles that are told by their older names, however they were said. */
    private static final Map<String, String> OLDER = Map.of(
            "roles/bigquery.dataOwner", "OWNER",
            "roles/bigquery.dataEditor", "WRITER",
            "roles/bigquery.dataViewer", "READER");

    private DatasetAccess() {}

    /** What a dataset has that says nothing. */
    static List<Dataset.Access> initial() {
        return List.of(
                new Dataset.Access().setRole("WRITER").setSpecialGroup("projectWriters"),
                new Dataset.Access().setRole("OWNER").setSpecialGroup("projectOwners"),
                new Dataset.Access().setRole("OWNER").setUserByEmail(Resources.OWNER),
                new Dataset.Access().setRole("READER").setSpecialGroup("projectReaders"));
    }

    static void settle(Dataset dataset) {
        if (dataset.getAccess() != null) {
            dataset.getAccess().stream()
                    .filter(access -> access.getRole() != null)
                    .forEach(access -> access.setRole(OLDER.getOrDefault(access.getRole(), access.getRole())));
        }
    }
}
