package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.Scan;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a statement costs, told before it is executed. */
final class Pricing {

    /** How large a block of a clustered table is said to be; BigQuery chooses by itself and tells nobody. */
    static final long BLOCK_BYTES = 64L << 20;

    private final Connection connection;
    private final Tables tables;
    private final long blockBytes;
    private long processed;
    private long read;
    private long billed;
    private long mostProcessed;
    private long mostBilled;
    private boolean clustered;

    Pricing(Connection connection, Tables tables, long blockBytes) {
        this.connection = connection;
        this.tables = tables;
        this.blockBytes = blockBytes;
    }

    /** @throws ApiError if a table wants a filter that the statement lacks */
    void read(Statement statement, QuerySources sources, Map<String, QueryParameter> parameters) throws SQLException {
        @Nullable TableName rewritten = rewritten(statement);
        for (Map.Entry<TableName, List<Scan>> scanned : sources.scans().entrySet()) {
            TableName name = scanned.getKey();
            for (StoredTable former : sources.formers(name)) {
                List<Scan> whole = scanned.getValue().stream().map(Scan::whole).toList();
                add(new Reads(connection, former, whole, blockBytes).size(false, parameters));
            }
            if (!sources.readsPresent(name)) {
                continue;
            }
            var reads = new Reads(connection, tables.get(connection, name), scanned.getValue(), blockBytes);
            reads.requireFilter();
            boolean whole = rewritten != null && name.equals(new TableName(rewritten.dataset(), rewritten.table()));
            add(reads.size(whole, parameters));
            clustered |= reads.isClustered();
        }
        if (sources.isFiltered()) {
            processed = 0;
            billed = 0;
            mostProcessed = 0;
        }
        for (int view = 0; view < sources.information(); view++) {
            add(new Reads.Size(InformationSchema.BYTES, InformationSchema.BYTES));
        }
    }

    private void add(Reads.Size size) {
        processed += size.bytes();
        read += size.bytes();
        billed += LogicalBytes.billed(size.bytes());
        mostProcessed += size.most();
        mostBilled += LogicalBytes.billed(size.most());
    }

    /** The table whose rows a statement replaces or removes, so that it reads all of their columns. */
    private static @Nullable TableName rewritten(Statement statement) {
        if (statement instanceof Statement.Delete delete) {
            return delete.target();
        }
        return statement instanceof Statement.Change change && change.rewrites() ? change.target() : null;
    }

    /** @throws ApiError if it may become more than the limit: what blocks would save is not known before */
    void requireWithin(@Nullable Long limit) {
        if (limit != null && mostBilled > limit) {
            throw new ApiError(
                    400,
                    "bytesBilledLimitExceeded",
                    "Query exceeded limit for bytes billed: %d. %d or higher required.".formatted(limit, mostBilled));
        }
    }

    /** Bytes that are read, even if nobody is told. */
    long read() {
        return read;
    }

    long processed() {
        return processed;
    }

    long billed() {
        return billed;
    }

    /** A result that is told again costs nothing. */
    static void tellCached(Job job) {
        job.getStatistics()
                .setTotalBytesProcessed(0L)
                .setQuery(new JobStatistics2()
                        .setStatementType("SELECT")
                        .setCacheHit(true)
                        .setTotalBytesProcessed(0L)
                        .setTotalBytesBilled(0L));
    }

    void tell(Job job, Statement statement) {
        job.getStatistics()
                .setTotalBytesProcessed(processed)
                .setQuery(new JobStatistics2()
                        .setStatementType(statement.type())
                        .setCacheHit(false)
                        .setTotalBytesProcessed(processed)
                        .setTotalBytesBilled(billed));
    }

    /** As a dry run tells it, which does not look at blocks. */
    void estimate(Job job, Statement statement) {
        tell(job, statement);
        job.getStatistics().setTotalBytesProcessed(mostProcessed);
        job.getStatistics()
                .getQuery()
                .setTotalBytesProcessed(mostProcessed)
                .setTotalBytesBilled(0L)
                .setTotalBytesProcessedAccuracy(clustered ? "UPPER_BOUND" : "PRECISE");
    }
}
