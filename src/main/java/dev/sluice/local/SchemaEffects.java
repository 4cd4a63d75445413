package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.SchemaName;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Statements that create, alter and drop datasets. */
final class SchemaEffects {

    private final Tables tables;

    SchemaEffects(Tables tables) {
        this.tables = tables;
    }

    void create(Connection connection, Job job, Statement.CreateSchema create, Map<String, QueryParameter> parameters)
            throws SQLException {
        boolean skip = create.ifNotExists() && isThere(connection, create.schema());
        tell(job, create.schema(), skip ? "SKIP" : "CREATE");
        if (!skip) {
            Dataset dataset = new Dataset().setDatasetReference(reference(create.schema()));
            DatasetOptions.set(dataset, new OptionValues(connection, parameters).of(create.options()));
            if (dataset.getLocation() == null) {
                dataset.setLocation(job.getJobReference().getLocation());
            }
            tables.createDataset(connection, dataset);
        }
    }

    void alter(Connection connection, Job job, Statement.AlterSchema alter, Map<String, QueryParameter> parameters)
            throws SQLException {
        boolean skip = alter.ifExists() && !isThere(connection, alter.schema());
        tell(job, alter.schema(), skip ? "SKIP" : "ALTER");
        if (!skip) {
            String name = alter.schema().dataset();
            Dataset dataset = tables.dataset(connection, name);
            var values = new OptionValues(connection, parameters).of(alter.options());
            if (values.containsKey("location")) {
                throw ApiError.invalid("The location of dataset %s cannot be changed".formatted(dataset.getId()));
            }
            DatasetOptions.set(dataset, values);
            tables.replaceDataset(connection, dataset);
        }
    }

    void drop(Connection connection, Job job, Statement.DropSchema drop) throws SQLException {
        boolean skip = drop.ifExists() && !isThere(connection, drop.schema());
        tell(job, drop.schema(), skip ? "SKIP" : "DROP");
        if (!skip) {
            tables.dropDataset(connection, drop.schema().dataset(), drop.cascade());
        }
    }

    private boolean isThere(Connection connection, SchemaName schema) throws SQLException {
        return Store.text(connection, "SELECT name FROM meta.datasets WHERE name = ?", schema.dataset())
                .isPresent();
    }

    private DatasetReference reference(SchemaName schema) {
        return new DatasetReference().setProjectId(tables.projectId()).setDatasetId(schema.dataset());
    }

    private void tell(Job job, SchemaName schema, String performed) {
        Projects.require(tables.projectId(), schema.project());
        job.getStatistics().getQuery().setDdlOperationPerformed(performed).setDdlTargetDataset(reference(schema));
    }
}
