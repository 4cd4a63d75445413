package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Puts another DuckDB table behind the name of a table whose columns change. */
final class TableRebuilding {

    private final Tables tables;

    TableRebuilding(Tables tables) {
        this.tables = tables;
    }

    /**
     * Without rows; one can travel back to the old ones.
     *
     * @param commit whose rows it will have
     */
    StoredTable empty(Connection connection, StoredTable old, List<TableFieldSchema> fields, long commit)
            throws SQLException {
        StoredTable stored = create(connection, old, fields);
        Lineage.replace(Lineage.begin(stored.resource(), commit), old);
        TableRecords.renumber(connection, old, stored);
        tables.save(connection, stored);
        DroppedTables.keep(
                connection, old, tables.dataset(connection, old.name().dataset()), tables.now());
        StreamingBuffer.forget(connection, old.number());
        return stored;
    }

    /** With the rows, which keep their versions. */
    void filled(Connection connection, TableName name, List<KeptColumn> columns) throws SQLException {
        StoredTable old = tables.get(connection, name);
        StoredTable stored =
                create(connection, old, columns.stream().map(KeptColumn::field).toList());
        fill(connection, old, stored, columns);
        TableRecords.renumber(connection, old, stored);
        tables.saveModified(connection, stored);
        StreamingBuffer.follow(connection, old.number(), stored.number());
        drop(connection, old);
    }

    private static StoredTable create(Connection connection, StoredTable old, List<TableFieldSchema> fields)
            throws SQLException {
        Table resource = old.resource().clone().setSchema(new TableSchema().setFields(fields));
        var stored = new StoredTable(resource, Store.next(connection, "meta.table_number"));
        Layouts.requireColumns(stored);
        Store.update(connection, TableLayout.createSql(stored));
        return stored;
    }

    private static void fill(Connection connection, StoredTable old, StoredTable stored, List<KeptColumn> columns)
            throws SQLException {
        String values = columns.stream()
                .map(column -> column.from() == null ? "NULL" : ColumnTypes.quoted(column.from()))
                .collect(Collectors.joining(", "));
        Store.update(
                connection,
                "INSERT INTO %s SELECT %s, _sluice_from, _sluice_to%s FROM %s"
                        .formatted(
                                stored.duckDbName(),
                                values,
                                stored.stored().substring(stored.columns().length()),
                                old.duckDbName()));
    }

    private static void drop(Connection connection, StoredTable old) throws SQLException {
        Store.update(connection, "DROP TABLE " + old.duckDbName());
    }
}
