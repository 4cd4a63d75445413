package dev.sluice.local;

import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Relations;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Shows a statement the tables that it names, and remembers which of them it reads. */
final class QuerySources implements Relations {

    private final Tables tables;
    private final Connection connection;
    private final Set<TableName> read = new LinkedHashSet<>();

    QuerySources(Tables tables, Connection connection) {
        this.tables = tables;
        this.connection = connection;
    }

    Set<TableName> read() {
        return read;
    }

    @Override
    public Relation find(TableName name) {
        Tables.Stored table = stored(name);
        add(name);
        return new Relation(table.visibleRows(), columns(table));
    }

    /** Whether it was not among them. */
    boolean add(TableName name) {
        return read.add(new TableName(name.dataset(), name.table()));
    }

    @Override
    public Relation target(TableName name) {
        Tables.Stored table = stored(name);
        return new Relation(table.identifiedRows(), columns(table));
    }

    private Tables.Stored stored(TableName name) {
        Projects.require(tables.projectId(), name.project());
        try {
            return tables.get(connection, name);
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    private static List<Column> columns(Tables.Stored table) {
        return table.fields().stream()
                .map(field -> new Column(
                        field.getName(), field.getType(), "REQUIRED".equals(field.getMode()), field.getDescription()))
                .toList();
    }
}
