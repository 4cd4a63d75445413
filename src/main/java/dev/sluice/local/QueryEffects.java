package dev.sluice.local;

import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Namespace;
import dev.sluice.local.sql.Script;
import dev.sluice.local.sql.ScriptParser;
import dev.sluice.local.sql.SqlRefused;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Statements: read, priced and executed. */
final class QueryEffects {

    /** What nobody has to read to know that it changes nothing. */
    private static final Pattern PLAIN_QUERY = Pattern.compile("\\s*(SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE);

    private final Tables tables;
    private final StatementEffects changes;
    private final String projectId;
    private final QueryResults results;
    private final long blockBytes;
    private final ResultCache cache;
    private final Processors processors;
    private final QueryDestination destination;
    private final String temporary;

    /**
     * @param objects stand for Cloud Storage
     * @param blockBytes size of the blocks of clustered tables
     */
    QueryEffects(Store store, Tables tables, String projectId, GcsFolder objects, Clock clock, long blockBytes) {
        this.blockBytes = blockBytes;
        this.tables = tables;
        this.cache = new ResultCache(tables);
        this.processors = store.processors();
        this.destination = new QueryDestination(tables);
        this.changes = new StatementEffects(tables, projectId, objects);
        this.projectId = projectId;
        this.results = new QueryResults(store, tables, clock);
        this.temporary = "";
    }

    private QueryEffects(QueryEffects all, String temporary) {
        this.blockBytes = all.blockBytes;
        this.tables = all.tables;
        this.cache = all.cache;
        this.processors = all.processors;
        this.destination = all.destination;
        this.changes = all.changes;
        this.projectId = all.projectId;
        this.results = all.results;
        this.temporary = temporary;
    }

    /** Those of a script, which may make tables for itself. */
    QueryEffects within(String script) {
        return new QueryEffects(this, TemporaryTables.dataset(script));
    }

    /** Removes what a script has made for itself. */
    int removeTemporaries(Connection connection) throws SQLException {
        return TemporaryTables.remove(connection, tables, temporary);
    }

    static Optional<Script> script(Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        return query == null || !Boolean.FALSE.equals(query.getUseLegacySql())
                ? Optional.empty()
                : ScriptParser.read(query.getQuery());
    }

    /** Whether nobody has to read a job's statement to know that it changes nothing. */
    static boolean onlyReads(Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        return query != null
                && !QueryDestination.isNamed(query)
                && PLAIN_QUERY.matcher(query.getQuery()).lookingAt()
                && isOneStatement(job);
    }

    /** What cannot be read is a job that says why. */
    private static boolean isOneStatement(Job job) {
        try {
            return script(job).isEmpty();
        } catch (SqlRefused e) {
            return false;
        }
    }

    void requireSupported(JobConfigurationQuery query) {
        Dialect.settle(query);
        Dialect.require(query);
        QueryDestination.requireUsable(query, projectId);
        Projects.requireDataset(projectId, query.getDefaultDataset(), "defaultDataset");
    }

    Optional<Claim> claim(Connection connection, Job job) throws SQLException {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        if (QueryDestination.isNamed(query)) {
            return Optional.of(destination.claim(connection, query));
        }
        if (PLAIN_QUERY.matcher(query.getQuery()).lookingAt()) {
            return Optional.empty();
        }
        Map<String, QueryParameter> parameters = BoundStatements.parameters(query);
        return Claim.of(read(query, parameters, sources(connection, query, parameters)));
    }

    /** Whether a job is a query of no table, so that it does not matter what changes it sees. */
    boolean readsNothing(Connection connection, Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        Map<String, QueryParameter> parameters = BoundStatements.parameters(query);
        var sources = sources(connection, query, parameters);
        return read(query, parameters, sources) instanceof Statement.Select
                && sources.names().isEmpty()
                && sources.information() == 0;
    }

    /** Does what a statement says, in a transaction that begins with it. */
    void apply(Connection connection, Job job, RunningJob state) throws SQLException {
        apply(connection, results.known(), job, state);
    }

    /** Does what a statement says, in a transaction that has begun before. */
    void applyWithin(Connection connection, Job job, RunningJob state) throws SQLException {
        apply(connection, SharedTables.NONE, job, state);
    }

    private void apply(Connection connection, SharedTables.Known known, Job job, RunningJob state) throws SQLException {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        Map<String, QueryParameter> parameters = BoundStatements.parameters(query);
        var sources = sources(connection, query, parameters);
        Optional<TableReference> cached = cache.find(connection, query, sources);
        if (cached.isPresent()) {
            Pricing.tellCached(job);
            query.setDestinationTable(cached.get());
            return;
        }
        Statement statement = read(query, parameters, sources);
        var pricing = new Pricing(connection, tables, blockBytes);
        pricing.read(statement, sources, parameters);
        pricing.requireWithin(query.getMaximumBytesBilled());
        pricing.tell(job, statement);
        if (statement instanceof Statement.CopyTable) {
            processors.giveAll(state);
        }
        processors.give(state, pricing.read());
        if (statement instanceof Statement.Select select && QueryDestination.isNamed(query)) {
            destination.write(connection, job, select, parameters, state);
        } else if (statement instanceof Statement.Select select) {
            Long read = job.getStatistics().getTotalBytesProcessed();
            TableReference found = results.keep(connection, known, read, select, parameters, state);
            cache.keep(connection, query, sources, found);
            query.setDestinationTable(found);
        } else {
            changes.apply(connection, job, statement, parameters, state);
        }
    }

    /** A query that is part of a script, with what it costs. */
    record Priced(Statement.Select select, Pricing pricing) {}

    /** @param query of the script */
    Priced select(
            Connection connection, JobConfigurationQuery query, String sql, Map<String, QueryParameter> parameters)
            throws SQLException {
        var sources = sources(connection, query, parameters);
        if (GoogleSql.read(sql, sources, BoundStatements.types(parameters)) instanceof Statement.Select select) {
            return priced(connection, select, sources, parameters);
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
        return priced(connection, select, sources, parameters);
    }

    private QuerySources sources(
            Connection connection, JobConfigurationQuery query, Map<String, QueryParameter> parameters) {
        DatasetReference dataset = query.getDefaultDataset();
        Namespace namespace =
                TemporaryTables.namespace(connection, dataset == null ? "" : dataset.getDatasetId(), temporary);
        return new QuerySources(tables, connection, parameters, namespace);
    }

    private Priced priced(
            Connection connection,
            Statement.Select select,
            QuerySources sources,
            Map<String, QueryParameter> parameters)
            throws SQLException {
        var pricing = new Pricing(connection, tables, blockBytes);
        pricing.read(select, sources, parameters);
        return new Priced(select, pricing);
    }

    /** What a dry run answers: everything but the effect. */
    void dryRun(Connection connection, Job job) throws SQLException {
        if (script(job).isPresent()) {
            job.getStatistics()
                    .setTotalBytesProcessed(0L)
                    .setQuery(new JobStatistics2()
                            .setStatementType("SCRIPT")
                            .setTotalBytesProcessed(0L)
                            .setTotalBytesProcessedAccuracy("UNKNOWN")
                            .setTotalBytesBilled(0L));
            return;
        }
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        Map<String, QueryParameter> parameters = BoundStatements.parameters(query);
        var sources = sources(connection, query, parameters);
        Statement statement = read(query, parameters, sources);
        var pricing = new Pricing(connection, tables, blockBytes);
        pricing.read(statement, sources, parameters);
        pricing.estimate(job, statement);
        job.getStatistics().getQuery().setSchema(schema(connection, statement));
    }

    /** Of a query's rows, or of the table that a statement changes; null for others. */
    private @Nullable TableSchema schema(Connection connection, Statement statement) throws SQLException {
        if (statement instanceof Statement.Select select) {
            return new TableSchema().setFields(ColumnTypes.fields(select.columns()));
        }
        Optional<Claim> claim = Claim.of(statement);
        boolean changes = claim.filter(of -> of.kind() == Claim.Kind.INSERT || of.kind() == Claim.Kind.MUTATE)
                .isPresent();
        return changes ? tables.get(connection, claim.get().table()).resource().getSchema() : null;
    }

    private static Statement read(
            JobConfigurationQuery query, Map<String, QueryParameter> parameters, QuerySources sources) {
        Statement statement = GoogleSql.read(query.getQuery(), sources, BoundStatements.types(parameters));
        QueryDestination.requireQuery(query, statement);
        return statement;
    }
}
