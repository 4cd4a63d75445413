package dev.sluice.local;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableList;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables over REST. */
final class TablesApi {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Store store;
    private final Tables tables;
    private final StreamingBuffer buffer;
    private final Quotas quotas;

    TablesApi(Store store, Tables tables, StreamingBuffer buffer, Quotas quotas) {
        this.quotas = quotas;
        this.store = store;
        this.tables = tables;
        this.buffer = buffer;
    }

    /** All of a dataset. */
    void collection(Exchange exchange, String dataset) throws IOException {
        switch (exchange.method()) {
            case "POST" -> {
                Table table = create(exchange.body(Table.class), dataset);
                exchange.answer(
                        OK,
                        described(
                                new TableName(dataset, table.getTableReference().getTableId())));
            }
            case "GET" -> exchange.answer(OK, list(dataset, Page.of(exchange)));
            default -> throw ApiError.unsupported(exchange.method() + " on tables");
        }
    }

    private Table create(Table table, String dataset) {
        if (table.getTableReference() == null) {
            throw ApiError.invalid("Required parameter is missing: tableReference");
        }
        Names.requireAgreeing(table.getTableReference().getDatasetId(), dataset);
        table.getTableReference().setDatasetId(dataset);
        requireUsable(table);
        if (isEmpty(table.getClustering())) {
            table.setClustering(null);
        }
        update(new TableName(dataset, table.getTableReference().getTableId()));
        return store.change(connection -> tables.create(connection, table).resource());
    }

    void one(Exchange exchange, TableName name) throws IOException {
        switch (exchange.method()) {
            case "GET" -> exchange.answer(OK, TableSelection.of(exchange).of(described(name)));
            case "PATCH", "PUT" -> {
                Table changes = exchange.body(Table.class);
                boolean whole = exchange.method().equals("PUT");
                String etag = exchange.header("If-Match");
                requireUsable(changes);
                if (isEmpty(changes.getClustering())) {
                    changes.setClustering(Data.nullOf(Clustering.class));
                }
                update(name);
                store.change(connection -> tables.patch(connection, name, changes, whole, etag));
                exchange.answer(OK, described(name));
            }
            case "DELETE" -> {
                String etag = exchange.header("If-Match");
                store.change(connection -> {
                    PartitionNames.drop(connection, tables, name, etag);
                    return name;
                });
                exchange.answerEmpty(NO_CONTENT);
            }
            default -> throw ApiError.unsupported(exchange.method() + " on a table");
        }
    }

    /** Clustering by nothing is none. */
    private static boolean isEmpty(@Nullable Clustering clustering) {
        return clustering != null
                && !Data.isNull(clustering)
                && (clustering.getFields() == null || clustering.getFields().isEmpty());
    }

    private void requireUsable(Table table) {
        SchemaRules.requireNoCollation(table.getDefaultCollation());
        SchemaRules.requireRounding(table.getDefaultRoundingMode());
        SchemaRules.normalize(table.getSchema());
        if (table.getSchema() != null && table.getSchema().getFields() != null) {
            SchemaRules.requireNames(table.getSchema().getFields());
        }
        Labels.require(table.getLabels());
        Long expiration = table.getExpirationTime();
        if (expiration != null
                && !Data.isNull(expiration)
                && expiration <= tables.now().toEpochMilli()) {
            throw ApiError.invalid("Invalid value for expirationTime: %d has passed".formatted(expiration));
        }
    }

    private void update(TableName name) {
        Tables.requireChangeable(name);
        quotas.count(Quota.TABLE_UPDATES, name.dataset() + "." + name.table());
    }

    /** What a policy belongs to: a table that is dropped takes its policy with it. */
    String policyHolder(TableName name) {
        return store.read(connection -> {
            StoredTable table = tables.get(connection, name);
            return ResultName.of(name).isPresent() ? name.table() : "table " + table.number();
        });
    }

    private Table described(TableName name) {
        return store.read(connection -> {
            PartitionNames.Name parts = PartitionNames.of(name);
            TableName whole = parts.table();
            Table table = TableStatistics.described(connection, tables.get(connection, whole));
            if (PartitionNames.SUMMARY.equals(parts.partition())) {
                return new Table()
                        .setKind(table.getKind())
                        .setType(table.getType())
                        .setTableReference(table.getTableReference().clone().setTableId(name.table()))
                        .setSchema(PartitionNames.SUMMARY_SCHEMA);
            }
            String location = Tables.isHidden(whole.dataset())
                    ? JobNames.LOCATION
                    : tables.dataset(connection, whole.dataset()).getLocation();
            return Resources.table(table, location)
                    .setStreamingBuffer(buffer.of(connection, tables.get(connection, whole)));
        });
    }

    private TableList list(String dataset, Page page) {
        List<Table> found = store.read(connection -> {
            tables.dataset(connection, dataset);
            List<Table> list = new ArrayList<>();
            for (String name :
                    Store.texts(connection, "SELECT name FROM meta.tables WHERE dataset = ? ORDER BY name", dataset)) {
                tables.find(connection, new TableName(dataset, name)).ifPresent(table -> list.add(table.resource()));
            }
            return list;
        });
        List<TableList.Tables> list = found.stream()
                .skip(page.start())
                .limit(page.size())
                .map(TablesApi::entry)
                .toList();
        return new TableList()
                .setKind("bigquery#tableList")
                .setEtag(Resources.etag(list.toString()))
                .setTables(list.isEmpty() ? null : list)
                .setTotalItems(found.size())
                .setNextPageToken(page.nextOf(found.size()));
    }

    private static TableList.Tables entry(Table table) {
        return new TableList.Tables()
                .setKind("bigquery#table")
                .setId(table.getId())
                .setTableReference(table.getTableReference())
                .setType(table.getType())
                .setFriendlyName(table.getFriendlyName())
                .setCreationTime(table.getCreationTime())
                .setExpirationTime(table.getExpirationTime())
                .setLabels(table.getLabels())
                .setTimePartitioning(table.getTimePartitioning())
                .setRangePartitioning(table.getRangePartitioning())
                .setRequirePartitionFilter(table.getRequirePartitionFilter())
                .setView(
                        table.getView() == null || table.getMaterializedView() != null
                                ? null
                                : new TableList.Tables.View()
                                        .setUseLegacySql(table.getView().getUseLegacySql()))
                .setClustering(table.getClustering());
    }
}
