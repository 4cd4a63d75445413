package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.gson.JsonElement;
import java.util.Map;

/** OPTIONS of statements in dataset resources; NULL takes an option away. */
final class DatasetOptions {

    private DatasetOptions() {}

    static void set(Dataset dataset, Map<String, JsonElement> options) {
        options.forEach((name, value) -> set(dataset, name, value));
    }

    private static void set(Dataset dataset, String name, JsonElement value) {
        boolean none = value.isJsonNull();
        switch (name) {
            case "description" -> dataset.setDescription(none ? null : value.getAsString());
            case "friendly_name" -> dataset.setFriendlyName(none ? null : value.getAsString());
            case "location" -> dataset.setLocation(none ? null : value.getAsString());
            case "labels" -> dataset.setLabels(none ? null : OptionValues.labels(value));
            case "default_table_expiration_days" ->
                dataset.setDefaultTableExpirationMs(none ? null : OptionValues.millis(value));
            case "default_partition_expiration_days" ->
                dataset.setDefaultPartitionExpirationMs(none ? null : OptionValues.millis(value));
            case "max_time_travel_hours" -> dataset.setMaxTimeTravelHours(none ? null : value.getAsLong());
            default -> throw ApiError.unsupported("option " + name + " of a dataset");
        }
    }
}
