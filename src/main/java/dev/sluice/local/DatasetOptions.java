package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import java.util.Map;

/** OPTIONS of statements in dataset resources; NULL takes an option away. */
final class DatasetOptions {

    private DatasetOptions() {}

    static void set(Dataset dataset, Map<String, OptionValue> options) {
        options.forEach((name, value) -> set(dataset, name, value));
    }

    private static void set(Dataset dataset, String name, OptionValue value) {
        switch (name) {
            case "description" -> dataset.setDescription(value.text());
            case "friendly_name" -> dataset.setFriendlyName(value.text());
            case "location" -> dataset.setLocation(value.text());
            case "labels" -> dataset.setLabels(value.labels());
            case "default_table_expiration_days" -> dataset.setDefaultTableExpirationMs(value.millis());
            case "default_partition_expiration_days" -> dataset.setDefaultPartitionExpirationMs(value.millis());
            case "max_time_travel_hours" -> dataset.setMaxTimeTravelHours(value.whole());
            default -> throw ApiError.unsupported("option " + name + " of a dataset");
        }
    }
}
