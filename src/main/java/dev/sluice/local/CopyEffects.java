package dev.sluice.local;

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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
        return new Claim(destination(copy).table(), appends ? Claim.Kind.APPEND : Claim.Kind.REPLACE);
    }

    private static PartitionNames.Name destination(JobConfigurationTableCopy copy) {
        return PartitionNames.of(Tables.name(copy.getDestinationTable()));
    }

    void apply(Connection connection, Job job) throws SQLException {
        JobConfigurationTableCopy copy = job.getConfiguration().getCopy();
        requirePlace(connection, copy);
        List<CopySource> sources = new ArrayList<>();
        for (TableReference reference : CopyOperation.sources(copy)) {
            CopySource source = CopySource.past(connection, tables, reference);
            CopyOperation.requireReadable(copy, source.table().resource());
            RowPolicies.requireFull(source.table().resource());
            sources.add(source);
        }
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        long bytes = 0;
        for (CopySource source : sources) {
            bytes += LogicalBytes.of(connection, source.table(), source.rows(commit));
        }
        StoredTable target = target(connection, copy, sources.get(0), commit);
        long rows = 0;
        for (CopySource source : sources) {
            if (!takes(target, source.table())) {
                throw ApiError.invalid("Provided Schema does not match Table %s."
                        .formatted(target.resource().getId()));
            }
            rows += append(connection, target, source, commit);
        }
        String partition = destination(copy).partition();
        if (partition != null) {
            Arrivals.requireAllIn(connection, target, commit, partition);
        }
        job.getStatistics().setCopy(new JobStatistics5().setCopiedRows(rows).setCopiedLogicalBytes(bytes));
    }

    private void requirePlace(Connection connection, JobConfigurationTableCopy copy) throws SQLException {
        Set<String> names = new HashSet<>();
        CopyOperation.sources(copy).forEach(source -> names.add(source.getDatasetId()));
        names.add(copy.getDestinationTable().getDatasetId());
        CopyOperation.requirePlace(copy, tables.places().of(connection, names));
    }

    /** Whether a table may hold all rows of another as they are. */
    private static boolean takes(StoredTable target, StoredTable source) {
        return TableSchemas.areSame(target.fields(), source.fields())
                && TableSchemas.hold(target.fields(), source.fields());
    }

    /** All rows that were visible before the commit, which may have ended those of the target itself. */
    private static long append(Connection connection, StoredTable target, CopySource source, long commit)
            throws SQLException {
        return Store.update(
                connection,
                "INSERT INTO %s (%s, _sluice_from) SELECT %s, %d FROM %s WHERE %s ORDER BY rowid"
                        .formatted(
                                target.duckDbName(),
                                target.stored(),
                                source.table().stored(),
                                commit,
                                source.table().duckDbName(),
                                source.rows(commit)));
    }

    private StoredTable target(Connection connection, JobConfigurationTableCopy copy, CopySource from, long commit)
            throws SQLException {
        StoredTable source = from.table();
        PartitionNames.Name name = destination(copy);
        Optional<StoredTable> there = tables.find(connection, name.table());
        if (there.isEmpty()) {
            return create(connection, copy, from, commit);
        }
        String disposition = Objects.requireNonNullElse(copy.getWriteDisposition(), "WRITE_EMPTY");
        boolean append = disposition.equals("WRITE_APPEND");
        boolean truncate = disposition.equals("WRITE_TRUNCATE");
        Table resource = there.get().resource();
        if (CopyOperation.name(copy).equals("SNAPSHOT")
                || !truncate
                        && !append
                        && Rows.count(
                                        connection,
                                        there.get(),
                                        CopySource.now(there.get(), name.partition())
                                                .condition())
                                > 0) {
            throw ApiError.duplicate("Table " + resource.getId());
        }
        if (!"TABLE".equals(resource.getType())) {
            throw ApiError.invalid("Cannot write to %s, which is a %s".formatted(resource.getId(), resource.getType()));
        }
        requireSameLayout(source.resource(), resource);
        if (truncate && name.partition() == null && !takes(there.get(), source)) {
            return new TableRebuilding(tables).empty(connection, there.get(), source.fields(), commit);
        }
        if (truncate) {
            String condition = CopySource.now(there.get(), name.partition()).condition();
            Store.update(
                    connection,
                    "UPDATE %s SET _sluice_to = %d WHERE %s"
                            .formatted(there.get().duckDbName(), commit, condition));
        }
        return there.get();
    }

    private static void requireSameLayout(Table source, Table target) {
        if (!PartitioningSpec.of(source).isOf(target)) {
            throw ApiError.invalid(
                    "Incompatible table partitioning specification. Destination table %s".formatted(target.getId()));
        }
    }

    private StoredTable create(Connection connection, JobConfigurationTableCopy copy, CopySource source, long commit)
            throws SQLException {
        TableName name = destination(copy).table();
        if ("CREATE_NEVER".equals(copy.getCreateDisposition())) {
            return tables.get(connection, name);
        }
        Table table = Copies.resource(
                source.table(),
                copy.getDestinationTable().clone().setTableId(name.table()),
                CopyOperation.kind(copy),
                source.moment() == null ? clock.instant() : source.moment());
        CopyOperation.expiration(copy).ifPresent(table::setExpirationTime);
        return tables.define(connection, Lineage.begin(table, commit));
    }
}
