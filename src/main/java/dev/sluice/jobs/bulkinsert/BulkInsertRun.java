package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.Effect;
import dev.sluice.bigquery.Tier;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.RowColumns;
import dev.sluice.item.Sha256;
import dev.sluice.item.SourceLimits;
import dev.sluice.item.StillWanted;
import dev.sluice.item.UnitReader;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.Fence;
import dev.sluice.ledger.InstanceKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all steps of one run share: who asks, under which fence, and from where to where rows go.
 *
 * @param staging named by the instance, so that a restart finds what was staged before
 */
record BulkInsertRun(
        InstanceKey instance,
        long runId,
        Fence fence,
        BulkInsertParameters parameters,
        BulkInsertInput input,
        CatalogueTable table,
        TableId target,
        TableId staging,
        Path rejectFile,
        Limits limits) {

    /**
     * @param maxRowBytes longer rows are set aside
     * @param maxExpansion how many times its compressed size a file may become
     */
    record Limits(Duration jobTimeout, int maxRowBytes, int maxExpansion) {

        SourceLimits of(BulkInsertParameters parameters) {
            return new SourceLimits(parameters.unitBytes(), maxRowBytes, maxExpansion);
        }
    }

    /**
     * Decides whose content this is: the same rows for the same table, tenant and batch are the same content, unless
     * somebody wants them once more.
     */
    static String contentKey(TableId target, BulkInsertParameters parameters, InstanceKey instance, String digest) {
        String batch = or(parameters.batch());
        String content = String.join("\n", name(target), or(parameters.org()), batch, digest);
        return Sha256.of(
                instance.generation() == 1 ? content : content + "\n" + instance.jobKey() + instance.generation());
    }

    /** As people and SQL write it; what the client prints is its own affair and may change with it. */
    static String name(TableId table) {
        return String.join(".", table.getProject(), table.getDataset(), table.getTable());
    }

    private static String or(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Whether a row without a value for the column is wrong. */
    boolean isNeeded(TableColumn column) {
        return column.mode() == ColumnMode.REQUIRED
                || parameters.mode().isKeyed() && table.key().contains(column.name());
    }

    /** Where the rows are that were set aside, for people. */
    String rejectsAt() {
        return input.isReadByBigQuery() ? "table " + name(RawTables.rejects(staging)) : rejectFile.toString();
    }

    /** Why a row is bad whose key another one has. */
    String repeatedKey() {
        return "another row has the same key (%s)".formatted(String.join(", ", table.key()));
    }

    /** Why a row is bad that is not in the scope. */
    String beyondScope() {
        return "beyond the scope " + parameters.scope();
    }

    /** How long the source is read for. */
    StillWanted wanted() {
        return new StillWanted(fence, parameters.source());
    }

    KeyedRows keyedRows() {
        return new KeyedRows(table, parameters);
    }

    /** What is read, and what its rows must be like. */
    UnitReader.Source source() {
        boolean keyed = parameters.mode().isKeyed();
        RowColumns columns = parameters
                .schemaPolicy()
                .columns(RowColumns.of(table.columns(), table.tenantColumn(), parameters.org()));
        return new UnitReader.Source(
                input.files(),
                input.layout(),
                keyed ? columns.requiring(table.key()) : columns,
                limits.of(parameters),
                keyed ? KeyedRows.NUMBER_COLUMN : null);
    }

    /** What rows of files have when they are staged: the table's columns and, if somebody asks for it, their number. */
    RowColumns stagedColumns() {
        List<TableColumn> columns = new ArrayList<>(table.columns());
        if (parameters.mode().isKeyed()) {
            columns.add(KeyedRows.NUMBER);
        }
        return RowColumns.of(columns, null, null);
    }

    Schema stagingSchema() {
        if (input.isReadByBigQuery()) {
            return RawTables.staging(table);
        }
        return parameters.mode().isKeyed() ? keyedRows().stagingSchema() : table.schema();
    }

    Effect effect(String step, String range, String digest, boolean cancellable) {
        var key = new EffectKey(instance, step, placed(range), digest);
        return new Effect(key, runId, fence, Tier.BATCH, limits.jobTimeout(), cancellable, parameters.org());
    }

    /** Environments may share a project and have repositories of their own: the target tells their effects apart. */
    String placed(String range) {
        return target.getDataset() + ": " + range;
    }
}
