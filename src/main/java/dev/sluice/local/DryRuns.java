package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What dry runs of queries answer. Methods run in the caller's transaction. */
final class DryRuns {

    private final Tables tables;
    private final QueryReader reader;

    DryRuns(Tables tables, QueryReader reader) {
        this.tables = tables;
        this.reader = reader;
    }

    /**
     * Tells everything but the effect.
     *
     * @param text of the job
     */
    void tell(Connection connection, Job job, QueryText text) throws SQLException {
        if (text.script().isPresent()) {
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
        var sources = reader.sources(connection, query, parameters);
        Statement statement = QueryReader.read(query, parameters, sources);
        JobLocations.require(connection, tables, job, statement, sources.names());
        reader.priced(connection, statement, sources, parameters).estimate(job, statement);
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
}
