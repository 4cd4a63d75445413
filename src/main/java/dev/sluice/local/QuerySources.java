package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Relations;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Shows a statement the tables that it names, and remembers which of them it reads. */
final class QuerySources implements Relations {

    private static final int MOST_VIEWS = 16;

    private final Tables tables;
    private final Connection connection;
    private final Map<String, QueryParameter> parameters;
    private final Set<TableName> read = new LinkedHashSet<>();
    private final StringBuilder views = new StringBuilder();
    private int depth;
    private int information;

    QuerySources(Tables tables, Connection connection, Map<String, QueryParameter> parameters) {
        this.tables = tables;
        this.connection = connection;
        this.parameters = parameters;
    }

    Set<TableName> read() {
        return read;
    }

    @Override
    public Relation find(TableName name) {
        if (name.table().startsWith(TableName.INFORMATION_SCHEMA)) {
            return information(name);
        }
        Tables.Stored table = stored(name);
        if (table.resource().getView() != null) {
            return view(table.resource());
        }
        add(name);
        return new Relation(table.visibleRows(), columns(table));
    }

    private Relation information(TableName name) {
        Projects.require(tables.projectId(), name.project());
        information++;
        try {
            return new InformationSchema(connection, tables)
                    .find(name.dataset(), name.table().substring(TableName.INFORMATION_SCHEMA.length()));
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    /** The queries of the views that are read. */
    String views() {
        return views.toString();
    }

    /** How often views of INFORMATION_SCHEMA are read. */
    int information() {
        return information;
    }

    private Relation view(Table view) {
        if (depth == MOST_VIEWS) {
            throw new ApiError(400, "invalidQuery", "Views nest deeper than " + MOST_VIEWS);
        }
        depth++;
        views.append('\n').append(view.getView().getQuery());
        var query = (Statement.Select) GoogleSql.read(view.getView().getQuery(), this, Map.of());
        depth--;
        return new Relation(query.sql(), query.columns());
    }

    @Override
    public Relation find(TableName name, String moment, List<String> placeholders) {
        Tables.Stored table = stored(name);
        add(name);
        var select =
                new Statement.Select("SELECT CAST(epoch_us(%s) AS VARCHAR)".formatted(moment), placeholders, List.of());
        try {
            Instant instant = Moments.evaluate(connection, table, select, parameters);
            return new Relation(table.rowsAt(instant), columns(table));
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    /** Whether it was not among them. */
    boolean add(TableName name) {
        return read.add(new TableName(name.dataset(), name.table()));
    }

    @Override
    public Relation target(TableName name) {
        Tables.Stored table = stored(name);
        if (!Tables.kind(table.resource()).equals("TABLE")) {
            throw new ApiError(
                    400,
                    "invalidQuery",
                    "%s is a %s and cannot be changed by DML"
                            .formatted(
                                    table.resource().getId(),
                                    Tables.kind(table.resource()).toLowerCase(Locale.ROOT)));
        }
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
        return table.fields().stream().map(ColumnTypes::column).toList();
    }
}
