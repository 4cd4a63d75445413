package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names such as {@code table$20240131}, and what is done with the partition that they mean. */
final class PartitionNames {

    /** What the client asks for the list of a table's partitions. */
    static final String SUMMARY = "__PARTITIONS_SUMMARY__";

    static final TableSchema SUMMARY_SCHEMA = new TableSchema()
            .setFields(Stream.of("project_id", "dataset_id", "table_id", "partition_id")
                    .map(name -> new TableFieldSchema().setName(name).setType("STRING"))
                    .toList());

    private PartitionNames() {}

    /** @param partition null if the name means all of the table */
    record Name(TableName table, @Nullable String partition) {}

    static Name of(TableName name) {
        int dollar = name.table().indexOf('$');
        return dollar < 0
                ? new Name(name, null)
                : new Name(
                        new TableName(name.dataset(), name.table().substring(0, dollar)),
                        name.table().substring(dollar + 1));
    }

    /**
     * Of a table, or of one of its partitions.
     *
     * @param etag that the table must have, if it is given
     */
    static void drop(Connection connection, Tables tables, TableName name, @Nullable String etag) throws SQLException {
        Name parts = of(name);
        if (parts.partition() == null) {
            tables.drop(connection, name, etag);
            return;
        }
        StoredTable table = tables.get(connection, parts.table());
        Datasets.requireEtag(etag, table.resource().getEtag());
        long commit = tables.commit(connection, "delete partition");
        Store.update(
                connection,
                "UPDATE %s SET _sluice_to = %d WHERE _sluice_to IS NULL AND %s"
                        .formatted(table.duckDbName(), commit, Partitions.condition(table, parts.partition())));
    }

    /** Ids of the partitions that have rows. */
    static List<String> ids(Connection connection, StoredTable table) throws SQLException {
        String id = Partitions.id(table.resource())
                .orElseThrow(() -> ApiError.invalid("Cannot list partitions of a table that is not partitioned: "
                        + table.resource().getId()));
        return Store.texts(
                connection,
                "SELECT DISTINCT %s AS id FROM %s WHERE _sluice_to IS NULL ORDER BY id"
                        .formatted(id, table.duckDbName()));
    }
}
