package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Datasets over REST. */
final class DatasetsApi {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Store store;
    private final Datasets datasets;
    private final Tables tables;

    DatasetsApi(Store store, Datasets datasets, Tables tables) {
        this.store = store;
        this.datasets = datasets;
        this.tables = tables;
    }

    /** All of them. */
    void collection(Exchange exchange) throws IOException {
        switch (exchange.method()) {
            case "POST" -> {
                Dataset dataset = exchange.body(Dataset.class);
                exchange.answer(
                        OK, Resources.dataset(store.change(connection -> datasets.create(connection, dataset))));
            }
            case "GET" -> exchange.answer(OK, list(Page.of(exchange), LabelFilter.of(exchange.query("filter", ""))));
            default -> throw ApiError.unsupported(exchange.method() + " on datasets");
        }
    }

    void one(Exchange exchange, String name) throws IOException {
        switch (exchange.method()) {
            case "GET" ->
                exchange.answer(
                        OK,
                        DatasetParts.of("datasetView", exchange.query("datasetView", ""))
                                .of(Resources.dataset(store.read(connection -> datasets.get(connection, name)))));
            case "PATCH", "PUT" -> {
                Dataset changes = exchange.body(Dataset.class);
                boolean whole = exchange.method().equals("PUT");
                String etag = exchange.header("If-Match");
                DatasetParts parts = DatasetParts.of("updateMode", exchange.query("updateMode", ""));
                exchange.answer(
                        OK,
                        Resources.dataset(store.change(connection -> datasets.patch(
                                connection,
                                name,
                                parts.changes(changes, datasets.get(connection, name)),
                                whole,
                                etag))));
            }
            case "DELETE" -> {
                boolean contents = exchange.query("deleteContents", "false").equals("true");
                String etag = exchange.header("If-Match");
                store.change(connection -> {
                    datasets.delete(connection, name, contents, etag, tables);
                    return name;
                });
                exchange.answerEmpty(NO_CONTENT);
            }
            default ->
                throw ApiError.unsupported(
                        name.endsWith(":undelete")
                                ? "undeleting datasets; make it anew and copy its tables as they were"
                                : exchange.method() + " on a dataset");
        }
    }

    private DatasetList list(Page page, LabelFilter filter) {
        List<Dataset> found = store
                .read(connection -> Store.texts(connection, "SELECT resource FROM meta.datasets ORDER BY name"))
                .stream()
                .map(json -> Json.read(json, Dataset.class))
                .filter(dataset -> filter.test(dataset.getLabels()))
                .skip(page.start())
                .limit(page.size() + 1)
                .toList();
        List<DatasetList.Datasets> datasets = new ArrayList<>();
        for (Dataset dataset : page.cut(found)) {
            datasets.add(new DatasetList.Datasets()
                    .setKind("bigquery#dataset")
                    .setDatasetReference(dataset.getDatasetReference())
                    .setId(dataset.getId())
                    .setFriendlyName(dataset.getFriendlyName())
                    .setLabels(dataset.getLabels())
                    .setLocation(dataset.getLocation()));
        }
        return new DatasetList()
                .setKind("bigquery#datasetList")
                .setEtag(Resources.etag(datasets.toString()))
                .setDatasets(datasets)
                .setNextPageToken(page.next(found.size()));
    }
}
