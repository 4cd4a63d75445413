package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes of a table's columns that a job brings with its rows. */
final class SchemaUpdates {

    private final Tables tables;

    SchemaUpdates(Tables tables) {
        this.tables = tables;
    }

    /** @throws ApiError if the columns do not fit and the load does not allow the change */
    StoredTable fit(
            Connection connection, StoredTable table, JobConfigurationLoad load, Optional<List<TableFieldSchema>> given)
            throws SQLException {
        requireSameLayout(load, table.resource());
        List<String> allowed = load.getSchemaUpdateOptions() == null ? List.of() : load.getSchemaUpdateOptions();
        List<TableFieldSchema> added = new ArrayList<>();
        List<TableFieldSchema> relaxed = new ArrayList<>();
        boolean widened = false;
        for (TableFieldSchema field : given.orElse(List.of())) {
            Optional<TableFieldSchema> there = TableSchemas.named(table.fields(), field.getName());
            widened |= there.isPresent()
                    && allowed.contains("ALLOW_FIELD_ADDITION")
                    && TableChanges.widen(connection, table, there.get(), field);
            if (there.isEmpty()) {
                added.add(field);
            } else if (!TableSchemas.isSameType(there.get(), field)) {
                throw mismatch(
                        table.resource(),
                        "Field %s has changed type from %s to %s"
                                .formatted(field.getName(), type(there.get()), type(field)));
            } else if (load.getSchema() != null && hasOtherMode(table.resource(), there.get(), field, allowed)) {
                relaxed.add(there.get());
            }
        }
        for (TableFieldSchema field : relaxed) {
            TableChanges.relax(connection, table, field);
        }
        if (added.isEmpty()) {
            if (widened || !relaxed.isEmpty()) {
                tables.save(connection, table);
            }
            return table;
        }
        if (!allowed.contains("ALLOW_FIELD_ADDITION")) {
            throw mismatch(
                    table.resource(),
                    "Cannot add fields (field: %s)".formatted(added.get(0).getName()));
        }
        return add(connection, table, added);
    }

    /** @throws ApiError if it is another that the load does not allow */
    private static boolean hasOtherMode(
            Table table, TableFieldSchema there, TableFieldSchema given, List<String> allowed) {
        boolean wasRequired = "REQUIRED".equals(there.getMode());
        boolean isRequired = "REQUIRED".equals(given.getMode());
        if (wasRequired == isRequired) {
            return false;
        }
        if (isRequired || !allowed.contains("ALLOW_FIELD_RELAXATION")) {
            throw mismatch(
                    table,
                    "Field %s has changed mode from %s to %s"
                            .formatted(
                                    given.getName(),
                                    wasRequired ? "REQUIRED" : "NULLABLE",
                                    isRequired ? "REQUIRED" : "NULLABLE"));
        }
        return true;
    }

    private StoredTable add(Connection connection, StoredTable table, List<TableFieldSchema> added)
            throws SQLException {
        List<TableFieldSchema> fields = new ArrayList<>(table.fields());
        for (TableFieldSchema field : added) {
            TableChanges.add(connection, table, field);
            fields.add(field);
        }
        table.resource().setSchema(new TableSchema().setFields(fields));
        tables.save(connection, table);
        return table;
    }

    static void requireSameLayout(JobConfigurationLoad load, Table there) {
        PartitioningSpec given = PartitioningSpec.of(new Table()
                .setTimePartitioning(load.getTimePartitioning())
                .setRangePartitioning(load.getRangePartitioning())
                .setClustering(load.getClustering()));
        if (!given.isOf(new Table()) && !given.isOf(there)) {
            throw ApiError.invalid(
                    "Incompatible table partitioning specification. Expects partitioning specification %s, but input partitioning specification is %s"
                            .formatted(PartitioningSpec.of(there).text(), given.text()));
        }
    }

    /** @param after another type, or a list where there was none or the other way round */
    static String difference(TableFieldSchema before, TableFieldSchema after) {
        boolean sameType = ColumnTypes.standard(before.getType()).equals(ColumnTypes.standard(after.getType()));
        return sameType
                ? "Field %s has changed mode from %s to %s".formatted(after.getName(), mode(before), mode(after))
                : "Field %s has changed type from %s to %s"
                        .formatted(
                                after.getName(),
                                ColumnTypes.standard(before.getType()),
                                ColumnTypes.standard(after.getType()));
    }

    private static String mode(TableFieldSchema field) {
        return field.getMode() == null ? "NULLABLE" : field.getMode();
    }

    private static String type(TableFieldSchema field) {
        return "REPEATED".equals(field.getMode())
                ? "ARRAY<%s>".formatted(field.getType())
                : ColumnTypes.standard(field.getType());
    }

    private static ApiError mismatch(Table table, String what) {
        return ApiError.invalid("Provided Schema does not match Table %s. %s".formatted(table.getId(), what));
    }
}
