package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableDataList;
import com.google.api.services.bigquery.model.TableList;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tables and their rows over REST. */
final class TablesApi {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Store store;
    private final Tables tables;

    TablesApi(Store store, Tables tables) {
        this.store = store;
        this.tables = tables;
    }

    /** All of a dataset. */
    void collection(Exchange exchange, String dataset) throws IOException {
        switch (exchange.method()) {
            case "POST" -> exchange.answer(OK, create(exchange.body(Table.class), dataset));
            case "GET" -> exchange.answer(OK, list(dataset, Page.of(exchange)));
            default -> throw ApiError.unsupported(exchange.method() + " on tables");
        }
    }

    private Table create(Table table, String dataset) {
        if (table.getTableReference() == null) {
            throw ApiError.invalid("Required parameter is missing: tableReference");
        }
        table.getTableReference().setDatasetId(dataset);
        return store.change(connection -> tables.create(connection, table).resource());
    }

    void one(Exchange exchange, TableName name) throws IOException {
        switch (exchange.method()) {
            case "GET" -> exchange.answer(OK, store.read(connection -> tables.describe(connection, name)));
            case "PATCH", "PUT" -> {
                Table changes = exchange.body(Table.class);
                boolean whole = exchange.method().equals("PUT");
                exchange.answer(OK, store.change(connection -> tables.patch(connection, name, changes, whole)));
            }
            case "DELETE" -> {
                store.change(connection -> {
                    tables.drop(connection, name);
                    return name;
                });
                exchange.answerEmpty(NO_CONTENT);
            }
            default -> throw ApiError.unsupported(exchange.method() + " on a table");
        }
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
                .setTables(list)
                .setTotalItems(found.size())
                .setNextPageToken(page.nextOf(found.size()));
    }

    private static TableList.Tables entry(Table table) {
        return new TableList.Tables()
                .setKind("bigquery#table")
                .setId(table.getId())
                .setTableReference(table.getTableReference())
                .setType(table.getType())
                .setCreationTime(table.getCreationTime())
                .setExpirationTime(table.getExpirationTime())
                .setLabels(table.getLabels())
                .setTimePartitioning(table.getTimePartitioning())
                .setClustering(table.getClustering());
    }

    void data(Exchange exchange, TableName name) throws IOException {
        if (!exchange.method().equals("GET")) {
            throw ApiError.unsupported(exchange.method() + " on the rows of a table");
        }
        Page page = Page.of(exchange);
        boolean int64 = exchange.wantsInt64Timestamps();
        exchange.answer(OK, store.read(connection -> {
            Tables.Stored table = tables.get(connection, name);
            long total = Rows.count(connection, table);
            return new TableDataList()
                    .setKind("bigquery#tableDataList")
                    .setTotalRows(total)
                    .setRows(Rows.page(connection, table, page.start(), page.size(), int64))
                    .setPageToken(page.nextOf(total));
        }));
    }
}
