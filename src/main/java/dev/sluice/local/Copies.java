package dev.sluice.local;

import com.google.api.client.util.DateTime;
import com.google.api.services.bigquery.model.CloneDefinition;
import com.google.api.services.bigquery.model.SnapshotDefinition;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.Statement;
import java.time.Instant;

/** What a table takes over from the one that it is made from. */
final class Copies {

    private Copies() {}

    /** @param moment whose rows the table takes over */
    static Table resource(StoredTable source, TableReference reference, Statement.Copy kind, Instant moment) {
        Table from = source.resource();
        if (from.getView() != null) {
            throw ApiError.invalid("%s is a view and cannot be copied".formatted(from.getId()));
        }
        Table table = new Table()
                .setTableReference(reference)
                .setSchema(from.getSchema() == null ? null : from.getSchema().clone())
                .setTimePartitioning(
                        from.getTimePartitioning() == null
                                ? null
                                : from.getTimePartitioning().clone())
                .setRangePartitioning(from.getRangePartitioning())
                .setClustering(from.getClustering())
                .setDescription(from.getDescription())
                .setFriendlyName(from.getFriendlyName())
                .setLabels(from.getLabels())
                .setRequirePartitionFilter(from.getRequirePartitionFilter());
        var taken = new DateTime(moment.toEpochMilli());
        if (kind == Statement.Copy.CLONE) {
            table.set(RowPolicies.MEMBER, from.get(RowPolicies.MEMBER));
            table.setCloneDefinition(new CloneDefinition()
                    .setBaseTableReference(from.getTableReference())
                    .setCloneTime(taken));
        }
        if (kind == Statement.Copy.SNAPSHOT) {
            table.setSnapshotDefinition(new SnapshotDefinition()
                    .setBaseTableReference(from.getTableReference())
                    .setSnapshotTime(taken));
            if (table.getTimePartitioning() != null) {
                table.getTimePartitioning().setExpirationMs(null);
            }
        }
        return table;
    }
}
