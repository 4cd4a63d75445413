package dev.sluice.local;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.Dataset;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Datasets. Methods run in the caller's transaction. */
final class Datasets {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final Set<String> BILLING = Set.of("STORAGE_BILLING_MODEL_UNSPECIFIED", "LOGICAL", "PHYSICAL");

    private final String projectId;
    private final Clock clock;
    private final Commits commits;
    private final DatasetPlaces places = new DatasetPlaces();

    Datasets(String projectId, Clock clock, Commits commits) {
        this.projectId = projectId;
        this.clock = clock;
        this.commits = commits;
    }

    DatasetPlaces places() {
        return places;
    }

    Optional<Dataset> find(Connection connection, String name) throws SQLException {
        return Store.text(connection, "SELECT resource FROM meta.datasets WHERE name = ?", name)
                .map(json -> Json.read(json, Dataset.class));
    }

    Dataset get(Connection connection, String name) throws SQLException {
        return find(connection, name).orElseThrow(() -> ApiError.notFound("Dataset %s:%s".formatted(projectId, name)));
    }

    Dataset create(Connection connection, Dataset dataset) throws SQLException {
        if (dataset.getDatasetReference() == null) {
            throw ApiError.invalid("Required parameter is missing: datasetReference");
        }
        Projects.require(projectId, dataset.getDatasetReference().getProjectId());
        String name = dataset.getDatasetReference().getDatasetId();
        Names.requireDataset(name);
        requireNotOurs(name);
        requireUsable(dataset);
        if (find(connection, name).isPresent()) {
            throw ApiError.duplicate("Dataset %s:%s".formatted(projectId, name));
        }
        long now = clock.millis();
        dataset.setKind("bigquery#dataset").setId(projectId + ":" + name).setCreationTime(now);
        dataset.setLastModifiedTime(now).setEtag(etag(connection));
        dataset.getDatasetReference().setProjectId(projectId);
        DatasetAccess.settle(dataset);
        if (dataset.getLocation() == null || dataset.getLocation().isEmpty()) {
            dataset.setLocation(JobNames.LOCATION);
        }
        Locations.require(dataset.getLocation());
        Store.update(connection, "INSERT INTO meta.datasets VALUES (?, ?)", name, Json.write(dataset));
        commits.then(connection, places::changed);
        return dataset;
    }

    /** @param etag that the dataset must have, if it is given */
    Dataset patch(Connection connection, String name, Dataset changes, boolean whole, @Nullable String etag)
            throws SQLException {
        Dataset dataset = get(connection, name);
        requireEtag(etag, dataset.getEtag());
        String location = changes.getLocation();
        if (location != null && !Data.isNull(location) && !location.equalsIgnoreCase(dataset.getLocation())) {
            throw ApiError.invalid("The location of dataset %s cannot be changed".formatted(dataset.getId()));
        }
        Patch.apply(dataset, changes, whole);
        replace(connection, dataset);
        return dataset;
    }

    /** Keeps a dataset that has changed. */
    void replace(Connection connection, Dataset dataset) throws SQLException {
        requireUsable(dataset);
        DatasetAccess.settle(dataset);
        dataset.setLastModifiedTime(clock.millis()).setEtag(etag(connection));
        Store.update(
                connection,
                "UPDATE meta.datasets SET resource = ? WHERE name = ?",
                Json.write(dataset),
                dataset.getDatasetReference().getDatasetId());
    }

    /**
     * @param contents whether tables in it go with it; otherwise they are a reason to refuse
     * @param etag that the dataset must have, if it is given
     */
    void delete(Connection connection, String name, boolean contents, @Nullable String etag, Tables tables)
            throws SQLException {
        requireNotOurs(name);
        requireEtag(etag, get(connection, name).getEtag());
        List<String> inside =
                Store.texts(connection, "SELECT name FROM meta.tables WHERE dataset = ? ORDER BY name", name);
        for (String table : inside) {
            if (!contents && tables.find(connection, new TableName(name, table)).isPresent()) {
                throw new ApiError(400, "resourceInUse", "Dataset %s:%s is still in use".formatted(projectId, name));
            }
            tables.remove(connection, new TableName(name, table));
        }
        Store.update(connection, "DELETE FROM meta.datasets WHERE name = ?", name);
        commits.then(connection, places::changed);
    }

    private static void requireUsable(Dataset dataset) {
        SchemaRules.requireNoCollation(dataset.getDefaultCollation());
        SchemaRules.requireRounding(dataset.getDefaultRoundingMode());
        if (Boolean.TRUE.equals(dataset.getIsCaseInsensitive())) {
            throw ApiError.unsupported("datasets whose names ignore case");
        }
        for (String other : List.of("externalDatasetReference", "linkedDatasetSource")) {
            if (dataset.get(other) != null && !Data.isNull(dataset.get(other))) {
                throw ApiError.unsupported("datasets with " + other);
            }
        }
        Labels.require(dataset.getLabels());
        String billing = dataset.getStorageBillingModel();
        if (billing != null && !Data.isNull(billing) && !BILLING.contains(billing)) {
            throw ApiError.invalid("Invalid value for storageBillingModel: %s is not a valid value".formatted(billing));
        }
        Long expiration = dataset.getDefaultTableExpirationMs();
        if (expiration != null && expiration < HOUR_MILLIS) {
            throw ApiError.invalid("Invalid value for defaultTableExpirationMs: %d is less than %d"
                    .formatted(expiration, HOUR_MILLIS));
        }
        Long travel = dataset.getMaxTimeTravelHours();
        if (travel != null && (travel < 48 || travel > 168 || travel % 24 != 0)) {
            throw ApiError.invalid(
                    "Invalid value for maxTimeTravelHours: %d is no multiple of 24 from 48 to 168".formatted(travel));
        }
    }

    private static void requireNotOurs(String name) {
        if (Tables.isHidden(name)) {
            throw ApiError.invalid(
                    "Dataset %s: names that begin with %s are the server's".formatted(name, Tables.HIDDEN));
        }
    }

    /** @throws ApiError 412 */
    static void requireEtag(@Nullable String wanted, String there) {
        if (wanted != null && !wanted.equals("*") && !wanted.equals(there)) {
            throw new ApiError(412, "conditionNotMet", "Precondition Failed: the resource has changed");
        }
    }

    static String etag(Connection connection) throws SQLException {
        return "e" + Store.next(connection, "meta.table_number");
    }
}
