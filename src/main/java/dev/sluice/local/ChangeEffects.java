package dev.sluice.local;

import com.google.api.services.bigquery.model.DmlStatistics;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Statements that change rows: a row is never overwritten, its version ends and another begins. */
final class ChangeEffects {

    private final Tables tables;

    ChangeEffects(Tables tables) {
        this.tables = tables;
    }

    void insert(
            Connection connection,
            Job job,
            Statement.Insert insert,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        StoredTable target = tables.get(connection, insert.target());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        String columns = insert.columns().stream().map(ColumnTypes::quoted).collect(Collectors.joining(", "));
        String sql = "INSERT INTO %s (%s, _sluice_from) SELECT *, %d FROM (%s)"
                .formatted(target.duckDbName(), columns, commit, insert.source().sql());
        long rows = BoundStatements.run(connection, sql, insert.source().parameters(), parameters, state);
        Arrivals.settle(connection, target, commit, tables.now());
        changed(
                job,
                new DmlStatistics()
                        .setInsertedRowCount(rows)
                        .setUpdatedRowCount(0L)
                        .setDeletedRowCount(0L),
                rows);
    }

    void delete(
            Connection connection,
            Job job,
            Statement.Delete delete,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        StoredTable target = whole(connection, delete.target());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        String sql = closing(target, commit, delete.condition());
        long rows = BoundStatements.run(connection, sql, delete.parameters(), parameters, state);
        state.change(partitions(connection, target, commit));
        changed(
                job,
                new DmlStatistics()
                        .setInsertedRowCount(0L)
                        .setUpdatedRowCount(0L)
                        .setDeletedRowCount(rows),
                rows);
    }

    /** A table of which no row is hidden from who changes it. */
    private StoredTable whole(Connection connection, TableName name) throws SQLException {
        StoredTable target = tables.get(connection, name);
        RowPolicies.requireFull(target.resource());
        return target;
    }

    private static String closing(StoredTable target, long commit, String condition) {
        return "UPDATE %s AS %s SET _sluice_to = %d WHERE _sluice_to IS NULL AND (%s)"
                .formatted(target.duckDbName(), Statement.TARGET, commit, condition);
    }

    /** An UPDATE or a MERGE: first all is computed, then old versions end and new ones begin. */
    void change(
            Connection connection,
            Job job,
            Statement.Change change,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        StoredTable target = whole(connection, change.target());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        try (var planned = PlannedChanges.open(connection, target)) {
            planned.compute(change.rows(), parameters, state);
            planned.requireOnePerRow();
            planned.apply(commit);
            if (change.type().equals("UPDATE")) {
                AppendHistory.leaveOut(connection, commit);
            }
            state.change(partitions(connection, target, commit));
            Arrivals.settle(connection, target, commit, tables.now());
            var dml = planned.statistics();
            changed(job, dml, dml.getInsertedRowCount() + dml.getUpdatedRowCount() + dml.getDeletedRowCount());
        }
    }

    void truncate(Connection connection, Job job, Statement.Truncate truncate) throws SQLException {
        StoredTable target = whole(connection, truncate.target());
        QuerySources.requireChangeable(target.resource());
        long commit = tables.commit(connection, job.getJobReference().getJobId());
        long rows = Store.update(
                connection,
                "UPDATE %s SET _sluice_to = %d WHERE _sluice_to IS NULL".formatted(target.duckDbName(), commit));
        changed(
                job,
                new DmlStatistics()
                        .setInsertedRowCount(0L)
                        .setUpdatedRowCount(0L)
                        .setDeletedRowCount(rows),
                rows);
    }

    /** The partitions that have lost rows; a table without partitions is one. */
    private static Set<String> partitions(Connection connection, StoredTable target, long commit) throws SQLException {
        return Set.copyOf(Store.texts(
                connection,
                "SELECT DISTINCT %s FROM %s WHERE _sluice_to = %d"
                        .formatted(Partitions.id(target.resource()).orElse("''"), target.duckDbName(), commit)));
    }

    private static void changed(Job job, DmlStatistics dml, long rows) {
        job.getStatistics().getQuery().setDmlStats(dml).setNumDmlAffectedRows(rows);
    }
}
