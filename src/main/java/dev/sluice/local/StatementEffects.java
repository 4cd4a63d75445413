package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Which room does what a statement says that is no query. */
final class StatementEffects {

    private final ChangeEffects changes;
    private final DdlEffects ddl;
    private final AlterEffects alterations;
    private final SchemaEffects schemas;
    private final ExportEffects exports;

    StatementEffects(Tables tables, String projectId, GcsFolder objects) {
        this.changes = new ChangeEffects(tables);
        this.ddl = new DdlEffects(tables, projectId);
        this.alterations = new AlterEffects(tables);
        this.schemas = new SchemaEffects(tables);
        this.exports = new ExportEffects(objects);
    }

    void apply(
            Connection connection,
            Job job,
            Statement statement,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        if (statement instanceof Statement.Assertion assertion) {
            requireTrue(connection, assertion, parameters);
        } else if (statement instanceof Statement.Export export) {
            exports.apply(connection, job, export, parameters, state);
        } else if (!changed(connection, job, statement, parameters, state)) {
            define(connection, job, statement, parameters, state);
        }
    }

    private static void requireTrue(
            Connection connection, Statement.Assertion assertion, Map<String, QueryParameter> parameters)
            throws SQLException {
        Statement.Select condition = assertion.condition();
        try (PreparedStatement statement =
                        BoundStatements.bind(connection, condition.sql(), condition.parameters(), parameters);
                ResultSet result = statement.executeQuery()) {
            result.next();
            if (!result.getBoolean(1)) {
                String description = assertion.description();
                throw new ApiError(
                        400, "invalidQuery", "Assertion failed" + (description == null ? "" : ": " + description));
            }
        }
    }

    /** False if it changes no rows. */
    private boolean changed(
            Connection connection,
            Job job,
            Statement statement,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        if (statement instanceof Statement.Insert insert) {
            changes.insert(connection, job, insert, parameters, state);
        } else if (statement instanceof Statement.Delete delete) {
            changes.delete(connection, job, delete, parameters, state);
        } else if (statement instanceof Statement.Change change) {
            changes.change(connection, job, change, parameters, state);
        } else if (statement instanceof Statement.Truncate truncate) {
            changes.truncate(connection, job, truncate);
        } else {
            return false;
        }
        return true;
    }

    private void define(
            Connection connection,
            Job job,
            Statement statement,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        if (statement instanceof Statement.CreateTable create) {
            ddl.create(connection, job, create, parameters, state);
        } else if (statement instanceof Statement.CopyTable copy) {
            ddl.copy(connection, job, copy, parameters);
        } else if (statement instanceof Statement.CreateView view) {
            ddl.createView(connection, job, view, parameters);
        } else if (statement instanceof Statement.AlterTable alter) {
            alterations.alter(connection, job, alter, parameters);
        } else if (statement instanceof Statement.CreatePolicy policy) {
            ddl.createPolicy(connection, job, policy);
        } else if (statement instanceof Statement.DropPolicy policy) {
            ddl.dropPolicy(connection, job, policy);
        } else if (statement instanceof Statement.CreateSchema schema) {
            schemas.create(connection, job, schema, parameters);
        } else if (statement instanceof Statement.AlterSchema schema) {
            schemas.alter(connection, job, schema, parameters);
        } else if (statement instanceof Statement.DropSchema schema) {
            schemas.drop(connection, job, schema);
        } else {
            ddl.drop(connection, job, (Statement.Drop) statement);
        }
    }
}
