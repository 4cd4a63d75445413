package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes of a table's columns that need no change of its rows: new ones, descriptions, REQUIRED made NULLABLE. */
final class TableChanges {

    private TableChanges() {}

    /**
     * @param fields all columns as they shall be
     * @throws ApiError if a column would go, change its type, keep less than before or become required
     */
    static void apply(Connection connection, StoredTable table, List<TableFieldSchema> fields) throws SQLException {
        for (TableFieldSchema field : table.fields()) {
            if (TableSchemas.named(fields, field.getName()).isEmpty()) {
                throw mismatch(table, "Field %s is missing in new schema".formatted(field.getName()));
            }
        }
        for (TableFieldSchema field : fields) {
            Optional<TableFieldSchema> before = TableSchemas.named(table.fields(), field.getName());
            if (before.isEmpty()) {
                add(connection, table, field);
            } else {
                change(connection, table, before.get(), field);
            }
        }
        table.resource().setSchema(new TableSchema().setFields(fields));
    }

    private static void change(
            Connection connection, StoredTable table, TableFieldSchema before, TableFieldSchema after)
            throws SQLException {
        if (after.getType() == null) {
            after.setType(before.getType());
            SchemaRules.requireUsable(after);
        }
        widen(connection, table, before, after);
        if (!TableSchemas.areSame(List.of(before), List.of(after))) {
            throw mismatch(table, SchemaUpdates.difference(before, after));
        }
        requireWider(table, before, after);
        boolean wasRequired = "REQUIRED".equals(before.getMode());
        boolean isRequired = "REQUIRED".equals(after.getMode());
        if (isRequired && !wasRequired) {
            throw mismatch(table, "Field %s has changed mode from NULLABLE to REQUIRED".formatted(after.getName()));
        }
        if (wasRequired && !isRequired) {
            relax(connection, table, before);
        }
    }

    /**
     * Adds the new fields of a record, if it is one and has others than before.
     *
     * @return whether it had others
     */
    static boolean widen(Connection connection, StoredTable table, TableFieldSchema before, TableFieldSchema after)
            throws SQLException {
        boolean widens = ColumnTypes.isRecord(before)
                && ColumnTypes.isRecord(after)
                && !TableSchemas.areSame(before.getFields(), after.getFields());
        if (widens) {
            addWithin(connection, table, ColumnTypes.quoted(before.getName()), before, after);
        }
        return widens;
    }

    /**
     * Adds the new fields of a record, behind those that it has.
     *
     * @param path of the record, as DuckDB has it
     */
    private static void addWithin(
            Connection connection, StoredTable table, String path, TableFieldSchema before, TableFieldSchema after)
            throws SQLException {
        String of = "REPEATED".equals(before.getMode()) ? path + ".element" : path;
        List<TableFieldSchema> ordered = new ArrayList<>();
        for (TableFieldSchema field : before.getFields()) {
            TableFieldSchema kept = TableSchemas.named(after.getFields(), field.getName())
                    .orElseThrow(() -> mismatch(
                            table, "Field %s.%s is missing in new schema".formatted(after.getName(), field.getName())));
            if (ColumnTypes.isRecord(field) && ColumnTypes.isRecord(kept)) {
                addWithin(connection, table, of + "." + ColumnTypes.quoted(field.getName()), field, kept);
            }
            ordered.add(kept);
        }
        List<TableFieldSchema> all = new ArrayList<>(before.getFields());
        for (TableFieldSchema field : after.getFields()) {
            if (TableSchemas.named(before.getFields(), field.getName()).isEmpty()) {
                add(connection, table, of + "." + ColumnTypes.quoted(field.getName()), field);
                all.add(field);
                ordered.add(field);
            }
        }
        before.setFields(all);
        after.setFields(ordered);
    }

    /** @param after of the same type */
    private static void requireWider(StoredTable table, TableFieldSchema before, TableFieldSchema after) {
        if (!ColumnTypes.limits(after).includes(ColumnTypes.limits(before))) {
            throw mismatch(
                    table,
                    "Field %s has changed type from %s to %s"
                            .formatted(after.getName(), InformationTypes.of(before), InformationTypes.of(after)));
        }
        if (ColumnTypes.isRecord(before)) {
            for (int i = 0; i < before.getFields().size(); i++) {
                requireWider(table, before.getFields().get(i), after.getFields().get(i));
            }
        }
    }

    /** Lets a column be NULL. */
    static void relax(Connection connection, StoredTable table, TableFieldSchema field) throws SQLException {
        field.setMode("NULLABLE");
        Store.update(
                connection,
                "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL"
                        .formatted(table.duckDbName(), ColumnTypes.quoted(field.getName())));
    }

    static void add(Connection connection, StoredTable table, TableFieldSchema field) throws SQLException {
        add(connection, table, ColumnTypes.quoted(field.getName()), field);
    }

    private static void add(Connection connection, StoredTable table, String path, TableFieldSchema field)
            throws SQLException {
        if ("REQUIRED".equals(field.getMode())) {
            throw mismatch(
                    table, "Cannot add required fields to an existing schema. (field: %s)".formatted(field.getName()));
        }
        String type = ColumnTypes.duckDb(field);
        String empty = "REPEATED".equals(field.getMode()) ? " DEFAULT CAST([] AS %s)".formatted(type) : "";
        Store.update(connection, "ALTER TABLE %s ADD COLUMN %s %s%s".formatted(table.duckDbName(), path, type, empty));
    }

    private static ApiError mismatch(StoredTable table, String what) {
        return ApiError.invalid("Provided Schema does not match Table %s. %s"
                .formatted(table.resource().getId(), what));
    }
}
