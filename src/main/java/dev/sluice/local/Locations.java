package dev.sluice.local;

import java.util.Locale;
import java.util.Set;

/** Where datasets may be: https://cloud.google.com/bigquery/docs/locations, in any case. */
final class Locations {

    private static final Set<String> ALL = Set.of(
            "us",
            "eu",
            "northamerica-northeast1",
            "northamerica-northeast2",
            "northamerica-south1",
            "southamerica-east1",
            "southamerica-west1",
            "us-central1",
            "us-east1",
            "us-east4",
            "us-east5",
            "us-south1",
            "us-west1",
            "us-west2",
            "us-west3",
            "us-west4",
            "asia-east1",
            "asia-east2",
            "asia-northeast1",
            "asia-northeast2",
            "asia-northeast3",
            "asia-south1",
            "asia-south2",
            "asia-southeast1",
            "asia-southeast2",
            "australia-southeast1",
            "australia-southeast2",
            "europe-central2",
            "europe-north1",
            "europe-north2",
            "europe-southwest1",
            "europe-west1",
            "europe-west2",
            "europe-west3",
            "europe-west4",
            "europe-west6",
            "europe-west8",
            "europe-west9",
            "europe-west10",
            "europe-west12",
            "me-central1",
            "me-central2",
            "me-west1",
            "africa-south1");

    private Locations() {}

    /** @throws ApiError for a place that there is not, or that is another cloud's */
    static void require(String location) {
        String name = location.toLowerCase(Locale.ROOT);
        if (name.startsWith("aws-") || name.startsWith("azure-")) {
            throw ApiError.unsupported("datasets at " + location);
        }
        if (!ALL.contains(name)) {
            throw ApiError.invalid("Invalid value for: %s is not a valid value".formatted(location));
        }
    }
}
