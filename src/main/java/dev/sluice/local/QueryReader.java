package dev.sluice.local;

import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Namespace;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Statements, read against the tables that they name and priced. Methods run in the caller's transaction. */
final class QueryReader {

    private final Tables tables;
    private final long blockBytes;
    private final ReadTransactions reading;
    private final String temporary;

    /** @param blockBytes size of the blocks of clustered tables */
    QueryReader(Tables tables, ReadTransactions reading, long blockBytes) {
        this(tables, reading, blockBytes, "");
    }

    private QueryReader(Tables tables, ReadTransactions reading, long blockBytes, String temporary) {
        this.tables = tables;
        this.reading = reading;
        this.blockBytes = blockBytes;
        this.temporary = temporary;
    }

    /** That of a script, which sees the tables that the script makes for itself. */
    QueryReader within(String script) {
        return new QueryReader(tables, reading, blockBytes, TemporaryTables.dataset(script));
    }

    /** Removes what the script has made for itself. */
    int removeTemporaries(Connection connection) throws SQLException {
        return TemporaryTables.remove(connection, tables, temporary);
    }

    /** What a query may read. */
    QuerySources sources(Connection connection, JobConfigurationQuery query, Map<String, QueryParameter> parameters) {
        DatasetReference dataset = query.getDefaultDataset();
        Namespace namespace =
                TemporaryTables.namespace(connection, dataset == null ? "" : dataset.getDatasetId(), temporary);
        return new QuerySources(tables, connection, parameters, namespace, reading);
    }

    static Statement read(JobConfigurationQuery query, Map<String, QueryParameter> parameters, QuerySources sources) {
        Statement statement = GoogleSql.read(query.getQuery(), sources, BoundStatements.types(parameters));
        QueryDestination.requireQuery(query, statement);
        return statement;
    }

    /** What a statement costs whose sources these are. */
    Pricing priced(
            Connection connection, Statement statement, QuerySources sources, Map<String, QueryParameter> parameters)
            throws SQLException {
        var pricing = new Pricing(connection, tables, blockBytes);
        pricing.read(statement, sources, parameters);
        return pricing;
    }

    /** A query that is part of a script, with what it costs. */
    record Priced(Statement.Select select, Pricing pricing) {}

    /** @param query of the script */
    Priced select(
            Connection connection, JobConfigurationQuery query, String sql, Map<String, QueryParameter> parameters)
            throws SQLException {
        var sources = sources(connection, query, parameters);
        if (GoogleSql.read(sql, sources, BoundStatements.types(parameters)) instanceof Statement.Select select) {
            return new Priced(select, priced(connection, select, sources, parameters));
        }
        throw new ApiError(400, "invalidQuery", "Expected a query");
    }

    /**
     * @param query of the script
     * @param type that the value becomes by itself; null for its own
     */
    Priced value(
            Connection connection,
            JobConfigurationQuery query,
            String expression,
            @Nullable Type type,
            Map<String, QueryParameter> parameters)
            throws SQLException {
        var sources = sources(connection, query, parameters);
        Statement.Select select = GoogleSql.value(expression, type, sources, BoundStatements.types(parameters));
        return new Priced(select, priced(connection, select, sources, parameters));
    }
}
