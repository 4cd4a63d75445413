package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Table;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Datasets and tables through the generated client. */
final class TablesOverRest implements BigQueryTables {

    /** A table that BigQuery calls a duplicate may be one that goes, or a creation of the same moment that fails. */
    private static final int CREATIONS = 3;

    private final Bigquery bigquery;
    private final Project project;
    private final RemoteCalls calls;
    private final Clock clock;

    TablesOverRest(Bigquery bigquery, Project project, RemoteCalls calls, Clock clock) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public Optional<Schema> find(TableId table, Deadline deadline) {
        return calls.attempt(
                purpose(CallKind.FIND_TABLE, "read table", table),
                deadline,
                () -> Cells.schema(bigquery.tables()
                        .get(table.getProject(), table.getDataset(), table.getTable())
                        .execute()
                        .getSchema()));
    }

    @Override
    public void createDataset(DatasetId dataset, Deadline deadline) {
        var resource = new Dataset()
                .setDatasetReference(new DatasetReference()
                        .setProjectId(dataset.getProject())
                        .setDatasetId(dataset.getDataset()))
                .setLocation(project.location());
        var purpose = new Purpose(CallKind.CREATE_DATASET, "create dataset " + dataset.getDataset(), null);
        calls.attempt(
                purpose,
                deadline,
                () -> bigquery.datasets().insert(dataset.getProject(), resource).execute());
    }

    @Override
    public void createStaging(TableId table, Schema schema, Duration lifetime, Deadline deadline) {
        var resource = new Table()
                .setTableReference(JobResources.reference(table))
                .setSchema(JobResources.schema(schema.getFields()))
                .setExpirationTime(clock.instant().plus(lifetime).toEpochMilli());
        var purpose = purpose(CallKind.CREATE_TABLE, "create table", table);
        for (int creation = 1; creation <= CREATIONS; creation++) {
            Optional<Table> created = calls.attempt(
                    purpose,
                    deadline,
                    () -> bigquery.tables()
                            .insert(table.getProject(), table.getDataset(), resource)
                            .execute());
            if (created.isPresent() || find(table, deadline).isPresent()) {
                return;
            }
        }
        throw Failures.contradictory(purpose, CREATIONS);
    }

    @Override
    public void drop(TableId table, Deadline deadline) {
        calls.attempt(purpose(CallKind.DROP_TABLE, "drop table", table), deadline, () -> {
            bigquery.tables()
                    .delete(table.getProject(), table.getDataset(), table.getTable())
                    .execute();
            return table;
        });
    }

    private static Purpose purpose(CallKind kind, String verb, TableId table) {
        return new Purpose(kind, "%s %s.%s".formatted(verb, table.getDataset(), table.getTable()), null);
    }
}
