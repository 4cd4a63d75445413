package dev.sluice.local;

import com.google.api.services.bigquery.model.DestinationTableProperties;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table that a load writes: made, emptied, replaced or widened as the load's dispositions say. */
final class LoadDestination {

    private final Tables tables;
    private final SchemaUpdates schemas;

    LoadDestination(Tables tables) {
        this.tables = tables;
        this.schemas = new SchemaUpdates(tables);
    }

    /** Whether rows are all that it brings is known only of a table that is there, and has columns. */
    Claim claim(Connection connection, JobConfigurationLoad load) throws SQLException {
        TableName table = name(load).table();
        boolean appends = disposition(load).equals("WRITE_APPEND")
                && load.getSchemaUpdateOptions() == null
                && tables.find(connection, table)
                        .filter(there -> !there.fields().isEmpty())
                        .isPresent();
        return new Claim(table, appends ? Claim.Kind.APPEND : Claim.Kind.REPLACE);
    }

    private static String disposition(JobConfigurationLoad load) {
        return Objects.requireNonNullElse(load.getWriteDisposition(), "WRITE_APPEND");
    }

    /**
     * Opens it for rows.
     *
     * @param given the columns of the files, if they are known
     * @param commit that ends the rows which the load replaces
     */
    StoredTable open(
            Connection connection, JobConfigurationLoad load, Optional<List<TableFieldSchema>> given, long commit)
            throws SQLException {
        PartitionNames.Name name = name(load);
        Optional<StoredTable> there = tables.find(connection, name.table());
        if (there.isEmpty()) {
            StoredTable created = create(connection, load, name.table(), given, commit);
            ColumnDefaults.requireGiven(created, load, given);
            return created;
        }
        ColumnDefaults.requireGiven(there.get(), load, given);
        String type = there.get().resource().getType();
        if (!"TABLE".equals(type)) {
            throw ApiError.invalid("Cannot load into %s, which is a %s"
                    .formatted(there.get().resource().getId(), type));
        }
        if (there.get().fields().isEmpty()) {
            return fill(connection, there.get(), load, given, commit);
        }
        return switch (disposition(load)) {
            case "WRITE_APPEND" -> schemas.fit(connection, there.get(), load, given);
            case "WRITE_EMPTY" -> {
                requireEmpty(connection, there.get());
                yield schemas.fit(connection, there.get(), load, given);
            }
            case "WRITE_TRUNCATE_DATA" -> {
                end(connection, there.get(), name.partition(), commit);
                yield schemas.fit(connection, there.get(), load, given);
            }
            case "WRITE_TRUNCATE" -> truncate(connection, there.get(), name, load, given, commit);
            default -> throw ApiError.invalid("Invalid value for writeDisposition: " + load.getWriteDisposition());
        };
    }

    static PartitionNames.Name name(JobConfigurationLoad load) {
        TableReference reference = load.getDestinationTable();
        return PartitionNames.of(Tables.name(reference));
    }

    private StoredTable create(
            Connection connection,
            JobConfigurationLoad load,
            TableName name,
            Optional<List<TableFieldSchema>> given,
            long commit)
            throws SQLException {
        if ("CREATE_NEVER".equals(load.getCreateDisposition())) {
            return tables.get(connection, name);
        }
        if (given.isEmpty()) {
            tables.dataset(connection, name.dataset());
            throw ApiError.invalid("No schema specified on job or table.");
        }
        Table table = Lineage.begin(new Table(), commit)
                .setTableReference(load.getDestinationTable().clone().setTableId(name.table()))
                .setSchema(new TableSchema().setFields(given.get()))
                .setTimePartitioning(load.getTimePartitioning())
                .setRangePartitioning(load.getRangePartitioning())
                .setClustering(load.getClustering());
        DestinationTableProperties told = load.getDestinationTableProperties();
        return tables.define(
                connection,
                told == null
                        ? table
                        : table.setFriendlyName(told.getFriendlyName())
                                .setDescription(told.getDescription())
                                .setLabels(told.getLabels()));
    }

    /** A table that was made without columns has those of what is written first. */
    private StoredTable fill(
            Connection connection,
            StoredTable table,
            JobConfigurationLoad load,
            Optional<List<TableFieldSchema>> given,
            long commit)
            throws SQLException {
        if (given.isEmpty()) {
            throw ApiError.invalid("No schema specified on job or table.");
        }
        SchemaUpdates.requireSameLayout(load, table.resource());
        return new TableRebuilding(tables).empty(connection, table, given.get(), commit);
    }

    private static void requireEmpty(Connection connection, StoredTable table) throws SQLException {
        if (Rows.count(connection, table) > 0) {
            throw ApiError.duplicate("Table " + table.resource().getId());
        }
    }

    private StoredTable truncate(
            Connection connection,
            StoredTable table,
            PartitionNames.Name name,
            JobConfigurationLoad load,
            Optional<List<TableFieldSchema>> given,
            long commit)
            throws SQLException {
        boolean sameColumns = given.isEmpty()
                || TableSchemas.areSame(table.fields(), given.get())
                        && (load.getSchema() == null || TableSchemas.haveSameModes(table.fields(), given.get()));
        if (sameColumns || name.partition() != null) {
            end(connection, table, name.partition(), commit);
            return schemas.fit(connection, table, load, given);
        }
        SchemaUpdates.requireSameLayout(load, table.resource());
        return new TableRebuilding(tables).empty(connection, table, given.orElseThrow(), commit);
    }

    private static void end(Connection connection, StoredTable table, @Nullable String partition, long commit)
            throws SQLException {
        String condition = partition == null ? "TRUE" : Partitions.condition(table, partition);
        Store.update(
                connection,
                "UPDATE %s SET _sluice_to = %d WHERE _sluice_to IS NULL AND %s"
                        .formatted(table.duckDbName(), commit, condition));
    }

    /**
     * Puts the rows of a commit into their partitions.
     *
     * @throws ApiError if the load named one partition and brought rows of others
     */
    void settle(Connection connection, JobConfigurationLoad load, StoredTable table, long commit) throws SQLException {
        String partition = name(load).partition();
        if (partition != null) {
            Arrivals.settle(connection, table, commit, partition);
        }
        Arrivals.settle(connection, table, commit, tables.now());
        if (partition != null) {
            Arrivals.requireAllIn(connection, table, commit, partition);
        }
    }
}
