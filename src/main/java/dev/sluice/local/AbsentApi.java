package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.Dataset;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Models and routines of datasets, of which there are none: none is listed or found, and none is made. */
final class AbsentApi {

    private static final int OK = 200;
    private static final Map<String, String> ONE = Map.of("models", "Model", "routines", "Routine");

    private final Store store;
    private final Datasets datasets;

    AbsentApi(Store store, Datasets datasets) {
        this.store = store;
        this.datasets = datasets;
    }

    /** @param what {@code datasets/<dataset>/<collection>[/<id>]} */
    void handle(Exchange exchange, List<String> what) throws IOException {
        String collection = what.get(2);
        Dataset dataset = store.read(connection -> datasets.get(connection, what.get(1)));
        boolean all = what.size() == 3;
        if (all && exchange.method().equals("GET")) {
            exchange.answer(OK, new GenericJson());
        } else if (!all && List.of("GET", "DELETE", "PATCH").contains(exchange.method())) {
            throw ApiError.notFound("%s %s.%s".formatted(ONE.get(collection), dataset.getId(), what.get(3)));
        } else {
            throw ApiError.unsupported(collection);
        }
    }
}
