package dev.sluice.local;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse.InsertErrors;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.load.BadRow;
import dev.sluice.local.load.JsonRow;
import dev.sluice.local.load.LackingRows;
import dev.sluice.local.load.LoadTarget;
import dev.sluice.local.load.RowRules;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows that are streamed one by one: tabledata.insertAll. */
final class Streaming {

    private final Tables tables;
    private final StreamingBuffer buffer;

    Streaming(Tables tables, StreamingBuffer buffer) {
        this.tables = tables;
        this.buffer = buffer;
    }

    /** @param request as it was sent, since the client's model would lose the types of values */
    TableDataInsertAllResponse insert(Connection connection, TableName named, JsonNode request) throws SQLException {
        PartitionNames.Name name = PartitionNames.of(named);
        StoredTable table =
                target(connection, name.table(), request.path("templateSuffix").asString(""));
        var bounds = new StreamingBounds(table, tables.now());
        if (name.partition() != null) {
            Partitions.condition(table, name.partition());
            bounds.requireNamed(name.partition());
        }
        List<@Nullable Object[]> good = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        SortedMap<Integer, InsertErrors> errors = new TreeMap<>();
        var rows = JsonRow.streamed(
                table.fields(), request.path("ignoreUnknownValues").asBoolean(false));
        var rules = new RowRules(table.fields());
        int index = 0;
        for (JsonNode row : request.path("rows")) {
            String id = row.path("insertId").asString("");
            try {
                @Nullable Object[] values = rows.values(row.path("json"));
                ColumnDefaults.mark(table, row.path("json"), values);
                rules.apply(values);
                bounds.require(values);
                if (id.isEmpty() || !buffer.holds(connection, table, id) && !ids.contains(id)) {
                    good.add(values);
                    ids.add(id);
                }
            } catch (BadRow e) {
                errors.put(index, errors(index, "invalid", e.field(), e.toStreamers()));
            }
            index++;
        }
        if (!errors.isEmpty() && !request.path("skipInvalidRows").asBoolean(false)) {
            for (int i = 0; i < index; i++) {
                errors.putIfAbsent(i, errors(i, "stopped", "", ""));
            }
            good.clear();
        }
        long bytes = good.isEmpty() ? 0 : append(connection, table, name.partition(), good, ids);
        String error = errors.isEmpty() ? null : "INVALID";
        Timelines.add(connection, tables.now(), new Timelines.Request(name(table), null, error, good.size(), bytes));
        return new TableDataInsertAllResponse()
                .setKind("bigquery#tableDataInsertAllResponse")
                .setInsertErrors(errors.isEmpty() ? null : List.copyOf(errors.values()));
    }

    private static InsertErrors errors(int index, String reason, String location, String message) {
        return new InsertErrors()
                .setIndex((long) index)
                .setErrors(List.of(new ErrorProto()
                        .setReason(reason)
                        .setLocation(location)
                        .setDebugInfo("")
                        .setMessage(message)));
    }

    private StoredTable target(Connection connection, TableName name, String suffix) throws SQLException {
        StoredTable base = tables.get(connection, name);
        if (!"TABLE".equals(base.resource().getType())) {
            throw ApiError.invalid(
                    "Cannot add rows to a table of type " + base.resource().getType());
        }
        if (suffix.isEmpty()) {
            return base;
        }
        var suffixed = new TableName(name.dataset(), name.table() + suffix);
        Optional<StoredTable> there = tables.find(connection, suffixed);
        if (there.isPresent()) {
            return there.get();
        }
        Table like = base.resource();
        return tables.create(
                connection,
                new Table()
                        .setTableReference(like.getTableReference().clone().setTableId(suffixed.table()))
                        .setSchema(new TableSchema().setFields(base.fields()))
                        .setTimePartitioning(like.getTimePartitioning())
                        .setRangePartitioning(like.getRangePartitioning())
                        .setClustering(like.getClustering()));
    }

    private static TableName name(StoredTable table) {
        return Tables.name(table.resource().getTableReference());
    }

    /**
     * @param partition that the rows are for; null if they say it
     * @return their bytes
     */
    private long append(
            Connection connection,
            StoredTable table,
            @Nullable String partition,
            List<@Nullable Object[]> rows,
            List<String> ids)
            throws SQLException {
        long commit = tables.commit(connection, "insertAll");
        var target = new LoadTarget("t" + table.number(), table.fields(), commit, () -> {});
        new LackingRows(connection, target, ColumnDefaults.expressions(table)).append(rows);
        if (partition != null) {
            Arrivals.settle(connection, table, commit, partition);
        }
        return buffer.add(connection, table, commit, ids);
    }
}
