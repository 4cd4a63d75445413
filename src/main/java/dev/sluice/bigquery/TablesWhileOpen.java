package dev.sluice.bigquery;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import java.time.Duration;
import java.util.Optional;

/** Tables until the door closes. */
final class TablesWhileOpen implements BigQueryTables {

    private final BigQueryTables tables;
    private final OpenDoor door;

    TablesWhileOpen(BigQueryTables tables, OpenDoor door) {
        this.tables = tables;
        this.door = door;
    }

    @Override
    public Optional<Schema> find(TableId table, Deadline deadline) {
        return door.during("read table " + table.getTable(), () -> tables.find(table, deadline));
    }

    @Override
    public void createDataset(DatasetId dataset, Deadline deadline) {
        during("create dataset " + dataset.getDataset(), () -> tables.createDataset(dataset, deadline));
    }

    @Override
    public void createStaging(TableId table, Schema schema, Duration lifetime, Deadline deadline) {
        during("create table " + table.getTable(), () -> tables.createStaging(table, schema, lifetime, deadline));
    }

    @Override
    public void drop(TableId table, Deadline deadline) {
        during("drop table " + table.getTable(), () -> tables.drop(table, deadline));
    }

    private void during(String what, Runnable operation) {
        door.during(what, () -> {
            operation.run();
            return true;
        });
    }
}
