package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetList;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableDataList;
import com.google.api.services.bigquery.model.TableList;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Datasets, tables and their rows over REST. */
final class Api {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final long PAGE_ROWS = 10_000;

    private final Store store;
    private final Tables tables;

    Api(Store store, Tables tables) {
        this.store = store;
        this.tables = tables;
    }

    void datasets(Exchange exchange, List<String> path) throws IOException {
        String call = exchange.method() + path.size();
        switch (call) {
            case "POST0" -> {
                Dataset dataset = exchange.body(Dataset.class);
                exchange.answer(OK, store.change(connection -> tables.createDataset(connection, dataset)));
            }
            case "GET0" -> exchange.answer(OK, listDatasets());
            case "GET1" -> exchange.answer(OK, store.read(connection -> tables.dataset(connection, path.get(0))));
            default -> {
                if (path.size() < 2 || !path.get(1).equals("tables")) {
                    throw ApiError.unsupported(exchange.method() + " on datasets");
                }
                tables(exchange, path.get(0), path.subList(2, path.size()));
            }
        }
    }

    private DatasetList listDatasets() {
        List<DatasetList.Datasets> datasets = new ArrayList<>();
        store.read(connection -> Store.texts(connection, "SELECT resource FROM meta.datasets ORDER BY name"))
                .forEach(json -> {
                    Dataset dataset = Json.read(json, Dataset.class);
                    datasets.add(new DatasetList.Datasets()
                            .setDatasetReference(dataset.getDatasetReference())
                            .setId(dataset.getId())
                            .setLocation(dataset.getLocation()));
                });
        return new DatasetList().setDatasets(datasets);
    }

    private void tables(Exchange exchange, String dataset, List<String> path) throws IOException {
        String call = exchange.method() + path.size();
        switch (call) {
            case "POST0" -> {
                Table table = exchange.body(Table.class);
                if (table.getTableReference() == null) {
                    throw ApiError.invalid("Required parameter is missing: tableReference");
                }
                table.getTableReference().setDatasetId(dataset);
                exchange.answer(
                        OK,
                        store.change(
                                connection -> tables.create(connection, table).resource()));
            }
            case "GET0" -> exchange.answer(OK, list(dataset));
            case "GET1" -> {
                var name = new TableName(dataset, path.get(0));
                exchange.answer(OK, store.read(connection -> tables.describe(connection, name)));
            }
            case "DELETE1" -> {
                var name = new TableName(dataset, path.get(0));
                store.change(connection -> {
                    tables.drop(connection, name);
                    return name;
                });
                exchange.answerEmpty(NO_CONTENT);
            }
            case "GET2" -> exchange.answer(OK, data(exchange, new TableName(dataset, path.get(0))));
            default -> throw ApiError.unsupported(exchange.method() + " on tables");
        }
    }

    private TableList list(String dataset) {
        List<TableList.Tables> list = new ArrayList<>();
        List<String> names = store.read(connection -> {
            tables.dataset(connection, dataset);
            return Store.texts(connection, "SELECT name FROM meta.tables WHERE dataset = ? ORDER BY name", dataset);
        });
        names.forEach(name -> list.add(new TableList.Tables()
                .setTableReference(new TableReference().setDatasetId(dataset).setTableId(name))
                .setType("TABLE")));
        return new TableList().setTables(list).setTotalItems(list.size());
    }

    private GenericJson data(Exchange exchange, TableName name) {
        long start = exchange.number("startIndex", exchange.number("pageToken", 0));
        long max = Math.min(PAGE_ROWS, exchange.number("maxResults", PAGE_ROWS));
        boolean int64 =
                exchange.query("formatOptions.useInt64Timestamp", "false").equals("true");
        return store.read(connection -> {
            Tables.Stored table = tables.get(connection, name);
            long total = Rows.count(connection, table);
            var page = new TableDataList().setTotalRows(total).setRows(Rows.page(connection, table, start, max, int64));
            return start + max < total ? page.setPageToken(String.valueOf(start + max)) : page;
        });
    }
}
