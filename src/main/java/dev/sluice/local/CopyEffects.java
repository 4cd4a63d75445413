package dev.sluice.local;

import com.google.api.client.util.DateTime;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationTableCopy;
import com.google.api.services.bigquery.model.JobStatistics5;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Copies of tables: plain ones, snapshots, clones, and snapshots restored. */
final class CopyEffects {

    private final Tables tables;
    private final Clock clock;

    CopyEffects(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    void requireSupported(JobConfigurationTableCopy copy) {
        CopyOperation.requireSupported(copy, tables.projectId());
    }

    static Claim claim(JobConfigurationTableCopy copy) {
        boolean appends = "WRITE_APPEND".equals(copy.getWriteDisposition());
        return new Claim(Tables.name(copy.getDestinationTable()), appends ? Claim.Kind.APPEND : Claim.Kind.REPLACE);
    }

    void apply(Connection connection, Job job) throws SQLException {
        JobConfigurationTableCopy copy = job.getConfiguration().getCopy();
        List<StoredTable> sources = new ArrayList<>();
        long bytes = 0;
        for (TableReference source : CopyOperation.sources(copy)) {
            StoredTable table = tables.get(connection, Tables.name(source));
            CopyOperation.requireReadable(copy, table.resource());
            RowPolicies.requireFull(table.resource());
            sources.add(table);
            bytes += LogicalBytes.of(connection, table);
        }
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        StoredTable target = target(connection, copy, sources.get(0), commit);
        long rows = 0;
        for (StoredTable source : sources) {
            if (!takes(target, source)) {
                throw ApiError.invalid("Provided Schema does not match Table %s."
                        .formatted(target.resource().getId()));
            }
            rows += append(connection, target, source, commit);
        }
        job.getStatistics().setCopy(new JobStatistics5().setCopiedRows(rows).setCopiedLogicalBytes(bytes));
    }

    /** Whether a table may hold all rows of another as they are. */
    private static boolean takes(StoredTable target, StoredTable source) {
        return TableSchemas.areSame(target.fields(), source.fields())
                && TableSchemas.hold(target.fields(), source.fields());
    }

    /** All rows that were visible before the commit, which may have ended those of the target itself. */
    private static long append(Connection connection, StoredTable target, StoredTable source, long commit)
            throws SQLException {
        return Store.update(
                connection,
                "INSERT INTO %s (%2$s, _sluice_from) SELECT %3$s, %4$d FROM %5$s WHERE (_sluice_to IS NULL OR _sluice_to = %4$d) AND _sluice_from <> %4$d ORDER BY rowid"
                        .formatted(target.duckDbName(), target.stored(), source.stored(), commit, source.duckDbName()));
    }

    private StoredTable target(Connection connection, JobConfigurationTableCopy copy, StoredTable source, long commit)
            throws SQLException {
        TableName name = Tables.name(copy.getDestinationTable());
        Optional<StoredTable> there = tables.find(connection, name);
        if (there.isEmpty()) {
            return create(connection, copy, source);
        }
        String disposition = Objects.requireNonNullElse(copy.getWriteDisposition(), "WRITE_EMPTY");
        boolean append = disposition.equals("WRITE_APPEND");
        boolean truncate = disposition.equals("WRITE_TRUNCATE");
        Table resource = there.get().resource();
        if (CopyOperation.name(copy).equals("SNAPSHOT")
                || !truncate && !append && Rows.count(connection, there.get()) > 0) {
            throw ApiError.duplicate("Table " + resource.getId());
        }
        if (!"TABLE".equals(resource.getType())) {
            throw ApiError.invalid("Cannot write to %s, which is a %s".formatted(resource.getId(), resource.getType()));
        }
        requireSameLayout(source.resource(), resource);
        if (truncate) {
            Store.update(
                    connection,
                    "UPDATE %s SET _sluice_to = %d WHERE _sluice_to IS NULL"
                            .formatted(there.get().duckDbName(), commit));
            if (!takes(there.get(), source)) {
                return new TableRebuilding(tables).empty(connection, there.get(), source.fields());
            }
        }
        return there.get();
    }

    private static void requireSameLayout(Table source, Table target) {
        if (!Objects.equals(source.getTimePartitioning(), target.getTimePartitioning())
                || !Objects.equals(source.getRangePartitioning(), target.getRangePartitioning())
                || !Objects.equals(source.getClustering(), target.getClustering())) {
            throw ApiError.invalid(
                    "Incompatible table partitioning specification. Destination table %s".formatted(target.getId()));
        }
    }

    private StoredTable create(Connection connection, JobConfigurationTableCopy copy, StoredTable source)
            throws SQLException {
        if ("CREATE_NEVER".equals(copy.getCreateDisposition())) {
            return tables.get(connection, Tables.name(copy.getDestinationTable()));
        }
        Table table =
                Copies.resource(source, copy.getDestinationTable().clone(), CopyOperation.kind(copy), clock.instant());
        if (copy.get("destinationExpirationTime") != null) {
            table.setExpirationTime(
                    DateTime.parseRfc3339(copy.get("destinationExpirationTime").toString())
                            .getValue());
        }
        return tables.define(connection, table);
    }
}
