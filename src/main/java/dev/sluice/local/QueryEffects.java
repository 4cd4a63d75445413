package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes statements of jobs and of scripts. */
final class QueryEffects {

    private final Tables tables;
    private final StatementEffects changes;
    private final String projectId;
    private final QueryResults results;
    private final QueryReader reader;
    private final ResultCache cache;
    private final ReadTransactions reading;
    private final Processors processors;
    private final QueryDestination destination;

    /**
     * @param objects stand for Cloud Storage
     * @param blockBytes size of the blocks of clustered tables
     */
    QueryEffects(Store store, Tables tables, String projectId, GcsFolder objects, Clock clock, long blockBytes) {
        this.tables = tables;
        this.reader = new QueryReader(tables, store.reading(), blockBytes);
        this.cache = new ResultCache(tables);
        this.reading = store.reading();
        this.processors = store.processors();
        this.destination = new QueryDestination(tables);
        this.changes = new StatementEffects(tables, projectId, objects);
        this.projectId = projectId;
        this.results = new QueryResults(store, tables, clock);
    }

    private QueryEffects(QueryEffects all, QueryReader reader) {
        this.tables = all.tables;
        this.reader = reader;
        this.cache = all.cache;
        this.reading = all.reading;
        this.processors = all.processors;
        this.destination = all.destination;
        this.changes = all.changes;
        this.projectId = all.projectId;
        this.results = all.results;
    }

    /** Those of a script, which may make tables for itself. */
    QueryEffects within(String script) {
        return new QueryEffects(this, reader.within(script));
    }

    QueryReader reader() {
        return reader;
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
        if (QueryText.isPlain(query)) {
            return Optional.empty();
        }
        Map<String, QueryParameter> parameters = BoundStatements.parameters(query);
        return Claim.of(QueryReader.read(query, parameters, reader.sources(connection, query, parameters)));
    }

    /** Whether a job is a query of no table, so that it does not matter what changes it sees. */
    boolean readsNothing(Connection connection, Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        Map<String, QueryParameter> parameters = BoundStatements.parameters(query);
        var sources = reader.sources(connection, query, parameters);
        return QueryReader.read(query, parameters, sources) instanceof Statement.Select
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
        var sources = reader.sources(connection, query, parameters);
        Optional<TableReference> cached = cache.find(connection, job, sources);
        if (cached.isPresent()) {
            Pricing.tellCached(job);
            reading.journal(connection, List.of());
            query.setDestinationTable(cached.get());
            return;
        }
        Statement statement = QueryReader.read(query, parameters, sources);
        JobLocations.require(connection, tables, job, statement, sources.names());
        Pricing pricing = reader.priced(connection, statement, sources, parameters);
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
            cache.keep(connection, job, sources, found);
            query.setDestinationTable(found);
        } else {
            changes.apply(connection, job, statement, parameters, state);
        }
    }
}
