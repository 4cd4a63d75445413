package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.ViewDefinition;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.Statement.Creation;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements that create and drop datasets, tables and views. */
final class DdlEffects {

    private final Tables tables;
    private final String projectId;

    DdlEffects(Tables tables, String projectId) {
        this.tables = tables;
        this.projectId = projectId;
    }

    void create(
            Connection connection,
            Job job,
            Statement.CreateTable create,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        if (!isWanted(connection, job, create.table(), create.creation())) {
            return;
        }
        Table table =
                resource(create.table()).setSchema(new TableSchema().setFields(ColumnTypes.fields(create.columns())));
        Layouts.set(table, create.layout());
        requireReplaceable(connection, create.creation(), table);
        new TableOptions(connection, parameters).set(table, create.options());
        if (create.source() == null) {
            define(connection, create.creation(), table, commit(connection, job));
            return;
        }
        fill(connection, job, create, table, parameters, state);
    }

    private void fill(
            Connection connection,
            Job job,
            Statement.CreateTable create,
            Table table,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        if (Partitions.isByArrival(table)) {
            throw ApiError.unsupported(
                    "CREATE TABLE AS SELECT of a table that is partitioned by the time at which rows came; create it first");
        }
        Statement.Select source = Objects.requireNonNull(create.source());
        ComputedRows.compute(connection, source, parameters, state);
        long commit = commit(connection, job);
        StoredTable stored = define(connection, create.creation(), table, commit);
        ComputedRows.write(
                connection,
                stored,
                stored.fields().stream().map(TableFieldSchema::getName).toList(),
                commit);
    }

    private long commit(Connection connection, Job job) throws SQLException {
        return tables.commit(connection, job.getJobReference().getJobId());
    }

    /** False if the table is there and may stay. */
    private boolean isWanted(Connection connection, Job job, TableName name, Creation creation) throws SQLException {
        Projects.require(projectId, name.project());
        boolean there = tables.find(connection, name).isPresent();
        boolean wanted = !there || creation != Creation.IF_NOT_EXISTS;
        String performed = !wanted ? "SKIP" : there && creation == Creation.OR_REPLACE ? "REPLACE" : "CREATE";
        job.getStatistics().getQuery().setDdlOperationPerformed(performed).setDdlTargetTable(reference(name));
        return wanted;
    }

    private void requireReplaceable(Connection connection, Creation creation, Table table) throws SQLException {
        Optional<StoredTable> there = tables.find(connection, Tables.name(table.getTableReference()));
        if (creation == Creation.OR_REPLACE
                && there.isPresent()
                && "TABLE".equals(there.get().resource().getType())) {
            PartitioningSpec.requireReplaceable(there.get().resource(), table);
        }
    }

    /** @param commit by which the table begins */
    private StoredTable define(Connection connection, Creation creation, Table table, long commit) throws SQLException {
        Lineage.begin(table, commit);
        if (creation == Creation.OR_REPLACE) {
            remove(connection, table).ifPresent(old -> Lineage.replace(table, old));
        }
        return tables.define(connection, table);
    }

    /** What was there, if it is kept for those who travel back. */
    private Optional<StoredTable> remove(Connection connection, Table table) throws SQLException {
        TableName name = Tables.name(table.getTableReference());
        Optional<StoredTable> there = tables.find(connection, name);
        tables.remove(connection, name);
        return there.filter(old -> !Tables.isHidden(name.dataset()) && "TABLE".equals(Tables.kind(old.resource())));
    }

    private Table resource(TableName name) {
        return new Table().setTableReference(reference(name));
    }

    private TableReference reference(TableName name) {
        return new TableReference()
                .setProjectId(projectId)
                .setDatasetId(name.dataset())
                .setTableId(name.table());
    }

    /** All kinds but LIKE take the rows with them; a snapshot keeps them for ever. */
    void copy(Connection connection, Job job, Statement.CopyTable copy, Map<String, QueryParameter> parameters)
            throws SQLException {
        if (!isWanted(connection, job, copy.table(), copy.creation())) {
            return;
        }
        Projects.require(projectId, copy.source().project());
        StoredTable now = tables.get(connection, copy.source());
        RowPolicies.requireFull(now.resource());
        Moments.@Nullable Past past =
                copy.moment() == null ? null : Moments.evaluate(connection, now, copy.moment(), parameters, tables);
        StoredTable source = past == null ? now : past.table();
        RowPolicies.requireFull(source.resource());
        Table table = Copies.resource(
                source, reference(copy.table()), copy.kind(), past == null ? tables.now() : past.moment());
        requireReplaceable(connection, copy.creation(), table);
        new TableOptions(connection, parameters).set(table, copy.options());
        long commit = commit(connection, job);
        StoredTable stored = define(connection, copy.creation(), table, commit);
        if (copy.kind() != Statement.Copy.LIKE) {
            String rows = past == null ? source.readableRows() : past.rows();
            Store.update(
                    connection,
                    "INSERT INTO %s (%2$s, _sluice_from) SELECT %2$s, %3$d FROM (%4$s)"
                            .formatted(stored.duckDbName(), stored.stored(), commit, rows));
        }
    }

    void createView(Connection connection, Job job, Statement.CreateView view, Map<String, QueryParameter> parameters)
            throws SQLException {
        if (!isWanted(connection, job, view.table(), view.creation())) {
            return;
        }
        Table table = resource(view.table()).setSchema(new TableSchema().setFields(ColumnTypes.fields(view.columns())));
        ViewDefinition query = new ViewDefinition()
                .setQuery(view.query())
                .setUseLegacySql(false)
                .setUseExplicitColumnNames(view.renames() ? Boolean.TRUE : null);
        table = view.materialized() ? Views.materialized(table, query, tables.now()) : table.setView(query);
        new TableOptions(connection, parameters).set(table, view.options());
        if (view.creation() == Creation.OR_REPLACE) {
            remove(connection, table);
        }
        tables.define(connection, table);
    }

    void drop(Connection connection, Job job, Statement.Drop drop) throws SQLException {
        Projects.require(projectId, drop.table().project());
        var there = tables.find(connection, drop.table());
        boolean skip = drop.ifExists() && there.isEmpty();
        job.getStatistics()
                .getQuery()
                .setDdlOperationPerformed(skip ? "SKIP" : "DROP")
                .setDdlTargetTable(reference(drop.table()));
        if (skip) {
            return;
        }
        String kind = Tables.kind(tables.get(connection, drop.table()).resource());
        if (!kind.equals(drop.kind()) && !(kind.equals("VIEW") && drop.kind().equals("MATERIALIZED VIEW"))) {
            throw new ApiError(
                    400,
                    "invalidQuery",
                    "Cannot drop %s:%s.%s which has type %s; use DROP %s"
                            .formatted(
                                    projectId,
                                    drop.table().dataset(),
                                    drop.table().table(),
                                    kind,
                                    kind));
        }
        tables.drop(connection, drop.table(), null);
    }

    void createPolicy(Connection connection, Job job, Statement.CreatePolicy create) throws SQLException {
        Projects.require(projectId, create.table().project());
        StoredTable table = tables.get(connection, create.table());
        boolean there = RowPolicies.of(table.resource()).stream()
                .anyMatch(policy -> RowPolicies.id(policy).equals(create.name()));
        boolean skip = there && create.creation() == Creation.IF_NOT_EXISTS;
        boolean replace = there && create.creation() == Creation.OR_REPLACE;
        job.getStatistics().getQuery().setDdlOperationPerformed(skip ? "SKIP" : replace ? "REPLACE" : "CREATE");
        if (!skip) {
            RowPolicies.add(table, RowPolicies.policy(table.resource(), create), replace, tables.now());
            tables.save(connection, table);
        }
    }

    void dropPolicy(Connection connection, Job job, Statement.DropPolicy drop) throws SQLException {
        Projects.require(projectId, drop.table().project());
        StoredTable table = tables.get(connection, drop.table());
        String name = drop.name();
        boolean wasFiltered = RowPolicies.has(table.resource());
        if (name == null) {
            RowPolicies.removeAll(table.resource());
        } else if (!RowPolicies.remove(table.resource(), name) && !drop.ifExists()) {
            throw ApiError.notFound(
                    "RowAccessPolicy %s.%s".formatted(table.resource().getId(), name));
        }
        job.getStatistics().getQuery().setDdlOperationPerformed("DROP");
        if (name != null && wasFiltered && !RowPolicies.has(table.resource())) {
            throw RowPolicies.last(table.resource(), "use DROP ALL ROW ACCESS POLICIES");
        }
        tables.save(connection, table);
    }
}
