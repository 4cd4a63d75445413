package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.Alteration;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/** ALTER TABLE. */
final class AlterEffects {

    private final Tables tables;
    private final TableRebuilding rebuilding;

    AlterEffects(Tables tables) {
        this.tables = tables;
        this.rebuilding = new TableRebuilding(tables);
    }

    void alter(Connection connection, Job job, Statement.AlterTable alter, Map<String, QueryParameter> parameters)
            throws SQLException {
        Projects.require(tables.projectId(), alter.table().project());
        boolean skip =
                alter.ifExists() && tables.find(connection, alter.table()).isEmpty();
        job.getStatistics().getQuery().setDdlOperationPerformed(skip ? "SKIP" : "ALTER");
        if (skip) {
            return;
        }
        TableName name = alter.table();
        for (Alteration alteration : alter.alterations()) {
            StoredTable table = tables.get(connection, name);
            requireKind(table, alter.kind());
            if (alteration instanceof Alteration.Rename rename) {
                name = rename(connection, table, name, rename);
            } else if (alteration instanceof Alteration.SetOptions options) {
                new TableOptions(connection, parameters).set(table.resource(), options.options());
                tables.saveModified(connection, table);
            } else {
                rebuilding.filled(connection, name, new AlteredColumns(table).after(alteration));
            }
        }
    }

    private static void requireKind(StoredTable table, String kind) {
        String there = Tables.kind(table.resource());
        if (!there.equals(kind)) {
            throw ApiError.invalid("%s is a %s, which ALTER %s cannot change"
                    .formatted(table.resource().getId(), there.toLowerCase(Locale.ROOT), kind));
        }
    }

    /** Rows, versions and the creation time go with it. */
    private TableName rename(Connection connection, StoredTable table, TableName name, Alteration.Rename rename)
            throws SQLException {
        Table resource = table.resource();
        if (resource.getTableConstraints() != null) {
            throw ApiError.invalid("Cannot rename table %s with a primary or foreign key".formatted(resource.getId()));
        }
        if (StreamingBuffer.holdsRows(connection, table, tables.now())) {
            throw ApiError.invalid(
                    "Cannot rename table %s while it has data in the streaming buffer".formatted(resource.getId()));
        }
        return tables.rename(connection, name, rename.name());
    }
}
