package dev.sluice.local;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;

/** Statements that define datasets and tables. */
final class DdlEffects {

    private final Tables tables;
    private final String projectId;

    DdlEffects(Tables tables, String projectId) {
        this.tables = tables;
        this.projectId = projectId;
    }

    void create(Connection connection, Statement.CreateTable create) throws SQLException {
        Projects.require(projectId, create.table().project());
        if (create.ifNotExists() && tables.find(connection, create.table()).isPresent()) {
            return;
        }
        var table = new Table()
                .setTableReference(new TableReference()
                        .setProjectId(projectId)
                        .setDatasetId(create.table().dataset())
                        .setTableId(create.table().table()))
                .setDescription(create.options().get("description"))
                .setSchema(new TableSchema()
                        .setFields(
                                create.columns().stream().map(DdlEffects::field).toList()));
        if (create.partitionColumn() != null) {
            table.setTimePartitioning(
                    new TimePartitioning().setType(create.partitionType()).setField(create.partitionColumn()));
        }
        if (!create.clustering().isEmpty()) {
            table.setClustering(new Clustering().setFields(create.clustering()));
        }
        tables.create(connection, table);
    }

    private static TableFieldSchema field(Column column) {
        String type = switch (column.type()) {
            case "INT64" -> "INTEGER";
            case "FLOAT64" -> "FLOAT";
            case "BOOL" -> "BOOLEAN";
            default -> column.type();
        };
        return new TableFieldSchema()
                .setName(column.name())
                .setType(type)
                .setMode(column.required() ? "REQUIRED" : "NULLABLE")
                .setDescription(column.description());
    }

    void createSchema(Connection connection, Statement.CreateSchema schema) throws SQLException {
        boolean there = Store.text(connection, "SELECT name FROM meta.datasets WHERE name = ?", schema.dataset())
                .isPresent();
        if (!there || !schema.ifNotExists()) {
            tables.createDataset(
                    connection,
                    new Dataset().setDatasetReference(new DatasetReference().setDatasetId(schema.dataset())));
        }
    }

    void drop(Connection connection, Statement.DropTable drop) throws SQLException {
        Projects.require(projectId, drop.table().project());
        if (!drop.ifExists() || tables.find(connection, drop.table()).isPresent()) {
            tables.drop(connection, drop.table());
        }
    }
}
