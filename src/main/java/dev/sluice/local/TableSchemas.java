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

/** Whether the columns of a load are those of its table, and changes of a table's columns that a job asks for. */
final class TableSchemas {

    private final Tables tables;

    TableSchemas(Tables tables) {
        this.tables = tables;
    }

    /** @throws ApiError if the columns do not fit and the load does not allow the change */
    Tables.Stored fit(
            Connection connection,
            Tables.Stored table,
            JobConfigurationLoad load,
            Optional<List<TableFieldSchema>> given)
            throws SQLException {
        requireSameLayout(load, table.resource());
        List<String> allowed = load.getSchemaUpdateOptions() == null ? List.of() : load.getSchemaUpdateOptions();
        List<TableFieldSchema> added = new ArrayList<>();
        List<TableFieldSchema> relaxed = new ArrayList<>();
        for (TableFieldSchema field : given.orElse(List.of())) {
            Optional<TableFieldSchema> there = named(table.fields(), field.getName());
            if (there.isEmpty()) {
                added.add(field);
            } else if (!isSameType(there.get(), field)) {
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
            if (!relaxed.isEmpty()) {
                tables.save(connection, table);
            }
            return table;
        }
        if (!allowed.contains("ALLOW_FIELD_ADDITION")) {
            throw mismatch(
                    table.resource(),
                    "Cannot add or change field %s (field: %s)"
                            .formatted(added.get(0).getName(), added.get(0).getName()));
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

    private Tables.Stored add(Connection connection, Tables.Stored table, List<TableFieldSchema> added)
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

    /** Gives the table other columns and no rows; its older versions go. */
    Tables.Stored replace(Connection connection, Tables.Stored table, List<TableFieldSchema> fields)
            throws SQLException {
        Table resource = table.resource().clone().setSchema(new TableSchema().setFields(fields));
        return tables.renew(connection, resource, table);
    }

    static void requireSameLayout(JobConfigurationLoad load, Table there) {
        if (load.getTimePartitioning() != null && !load.getTimePartitioning().equals(there.getTimePartitioning())
                || load.getRangePartitioning() != null
                        && !load.getRangePartitioning().equals(there.getRangePartitioning())
                || load.getClustering() != null && !load.getClustering().equals(there.getClustering())) {
            throw ApiError.invalid("Incompatible table partitioning specification.");
        }
    }

    /** Names and types in the same order, whatever the modes. */
    static boolean areSame(List<TableFieldSchema> ones, List<TableFieldSchema> others) {
        if (ones.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < ones.size(); i++) {
            if (!ones.get(i).getName().equalsIgnoreCase(others.get(i).getName())
                    || !isSameType(ones.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether what must not be NULL is the same. */
    static boolean haveSameModes(List<TableFieldSchema> ones, List<TableFieldSchema> others) {
        return ones.stream()
                .allMatch(one -> "REQUIRED".equals(one.getMode())
                        == named(others, one.getName())
                                .filter(other -> "REQUIRED".equals(other.getMode()))
                                .isPresent());
    }

    private static boolean isSameType(TableFieldSchema one, TableFieldSchema other) {
        return ColumnTypes.standard(one.getType()).equals(ColumnTypes.standard(other.getType()))
                && "REPEATED".equals(one.getMode()) == "REPEATED".equals(other.getMode())
                && (!ColumnTypes.isRecord(one) || areSame(one.getFields(), other.getFields()));
    }

    private static String type(TableFieldSchema field) {
        return "REPEATED".equals(field.getMode())
                ? "ARRAY<%s>".formatted(field.getType())
                : ColumnTypes.standard(field.getType());
    }

    static Optional<TableFieldSchema> named(List<TableFieldSchema> fields, String name) {
        return fields.stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .findFirst();
    }

    private static ApiError mismatch(Table table, String what) {
        return ApiError.invalid("Provided Schema does not match Table %s. %s".formatted(table.getId(), what));
    }
}
