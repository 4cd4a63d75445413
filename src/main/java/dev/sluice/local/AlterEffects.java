package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.Alteration;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ALTER TABLE. */
final class AlterEffects {

    private final Tables tables;

    AlterEffects(Tables tables) {
        this.tables = tables;
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
            Tables.Stored table = tables.get(connection, name);
            requireTable(table);
            if (alteration instanceof Alteration.Rename rename) {
                name = rename(connection, table, name, rename);
            } else if (alteration instanceof Alteration.SetOptions options) {
                Table resource = table.resource();
                new TableOptions(connection, parameters).set(resource, options.options());
                tables.keep(connection, name, resource);
            } else {
                tables.rebuild(connection, name, fields(table, alteration));
            }
        }
    }

    private static void requireTable(Tables.Stored table) {
        if (!Tables.kind(table.resource()).equals("TABLE")) {
            throw ApiError.invalid("%s is not a table that ALTER TABLE can change"
                    .formatted(table.resource().getId()));
        }
    }

    /** Rows, versions and the creation time go with it. */
    private TableName rename(Connection connection, Tables.Stored table, TableName name, Alteration.Rename rename)
            throws SQLException {
        Table resource = table.resource();
        if (resource.getTableConstraints() != null) {
            throw ApiError.invalid("Cannot rename table %s with a primary or foreign key".formatted(resource.getId()));
        }
        if (resource.getStreamingBuffer() != null) {
            throw ApiError.invalid(
                    "Cannot rename table %s while it has data in the streaming buffer".formatted(resource.getId()));
        }
        return tables.rename(connection, name, rename.name());
    }

    /** The columns afterwards, each with the name that its values have now; null for a new column. */
    private static List<Tables.Kept> fields(Tables.Stored table, Alteration alteration) {
        List<Tables.Kept> kept = new ArrayList<>();
        table.fields().forEach(field -> kept.add(new Tables.Kept(field, field.getName())));
        if (alteration instanceof Alteration.AddColumn add) {
            add(kept, add);
        } else if (alteration instanceof Alteration.DropColumn drop) {
            drop(table, kept, drop);
        } else if (alteration instanceof Alteration.RenameColumn rename) {
            int index = index(kept, rename.from());
            requireFree(kept, rename.to());
            requireNoLayout(table, rename.from());
            TableFieldSchema field = kept.get(index).field();
            kept.set(index, new Tables.Kept(field.clone().setName(rename.to()), field.getName()));
        } else if (alteration instanceof Alteration.DropNotNull relax) {
            int index = index(kept, relax.column());
            TableFieldSchema field = kept.get(index).field();
            kept.set(index, new Tables.Kept(field.clone().setMode("NULLABLE"), field.getName()));
        }
        return kept;
    }

    private static void add(List<Tables.Kept> kept, Alteration.AddColumn add) {
        boolean there = kept.stream()
                .anyMatch(column ->
                        column.field().getName().equalsIgnoreCase(add.column().name()));
        if (there && add.ifNotExists()) {
            return;
        }
        requireFree(kept, add.column().name());
        if (add.column().required()) {
            throw ApiError.invalid("Cannot add required field %s to an existing schema"
                    .formatted(add.column().name()));
        }
        kept.add(new Tables.Kept(ColumnTypes.field(add.column()), null));
    }

    private static void drop(Tables.Stored table, List<Tables.Kept> kept, Alteration.DropColumn drop) {
        boolean there =
                kept.stream().anyMatch(column -> column.field().getName().equalsIgnoreCase(drop.name()));
        if (!there && drop.ifExists()) {
            return;
        }
        int index = index(kept, drop.name());
        requireNoLayout(table, drop.name());
        if (kept.size() == 1) {
            throw ApiError.invalid("Cannot drop the only column of a table");
        }
        kept.remove(index);
    }

    private static void requireNoLayout(Tables.Stored table, String column) {
        Table resource = table.resource();
        boolean used = resource.getTimePartitioning() != null
                        && column.equalsIgnoreCase(
                                resource.getTimePartitioning().getField())
                || resource.getRangePartitioning() != null
                        && column.equalsIgnoreCase(
                                resource.getRangePartitioning().getField())
                || resource.getClustering() != null
                        && resource.getClustering().getFields().stream().anyMatch(column::equalsIgnoreCase);
        if (used) {
            throw ApiError.invalid(
                    "Column %s is used by the partitioning or clustering of the table".formatted(column));
        }
    }

    private static void requireFree(List<Tables.Kept> kept, String name) {
        if (kept.stream().anyMatch(column -> column.field().getName().equalsIgnoreCase(name))) {
            throw ApiError.invalid("Column already exists: " + name);
        }
    }

    private static int index(List<Tables.Kept> kept, String name) {
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i).field().getName().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw ApiError.invalid("Column not found: " + name);
    }
}
