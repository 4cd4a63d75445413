package dev.sluice.local;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TimePartitioning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings of a recorded case's job, as Python's client names them. */
final class CorpusJob {

    private static final Set<String> KNOWN = Set.of(
            "labels",
            "priority",
            "use_query_cache",
            "destination",
            "write_disposition",
            "create_disposition",
            "schema_update_options",
            "clustering_fields",
            "time_partitioning");

    private final JsonNode settings;

    private CorpusJob(JsonNode settings) {
        this.settings = settings;
    }

    static CorpusJob of(Path file, JsonMapper json) throws IOException {
        return new CorpusJob(json.readTree(Files.exists(file) ? Files.readString(file) : "{}"));
    }

    JsonNode settings() {
        return settings;
    }

    boolean isKnown() {
        return KNOWN.containsAll(settings.propertyNames());
    }

    JobConfigurationQuery set(JobConfigurationQuery query, String dataset) {
        String destination = text("destination");
        if (destination != null) {
            query.setDestinationTable(new TableReference()
                    .setProjectId(Warehouse.PROJECT)
                    .setDatasetId(dataset)
                    .setTableId(destination.substring(destination.lastIndexOf('.') + 1)));
        }
        JsonNode time = settings.path("time_partitioning");
        if (!time.isMissingNode()) {
            query.setTimePartitioning(new TimePartitioning()
                    .setType(time.path("type").asString())
                    .setField(time.path("field").asString()));
        }
        List<String> clustering = texts("clustering_fields");
        return query.setWriteDisposition(text("write_disposition"))
                .setCreateDisposition(text("create_disposition"))
                .setSchemaUpdateOptions(texts("schema_update_options"))
                .setClustering(clustering == null ? null : new Clustering().setFields(clustering));
    }

    private @Nullable String text(String name) {
        return settings.has(name) ? settings.path(name).asString() : null;
    }

    private @Nullable List<String> texts(String name) {
        return settings.has(name)
                ? new ArrayList<>(settings.path(name)
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList())
                : null;
    }
}
