package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;

/** Which part of a dataset a request is about: who may see it, all else, or both. */
enum DatasetParts {
    METADATA,
    ACL,
    FULL;

    /** @param name as a view, or after {@code UPDATE_} as a mode; empty for both */
    static DatasetParts of(String parameter, String name) {
        String part = name.startsWith("UPDATE_") ? name.substring("UPDATE_".length()) : name;
        return switch (part) {
            case "", "DATASET_VIEW_UNSPECIFIED", "MODE_UNSPECIFIED", "FULL" -> FULL;
            case "METADATA" -> METADATA;
            case "ACL" -> ACL;
            default ->
                throw ApiError.invalid("Invalid value for %s: %s is not a valid value".formatted(parameter, name));
        };
    }

    /** What is told of a dataset. */
    Dataset of(Dataset dataset) {
        return switch (this) {
            case FULL -> dataset;
            case METADATA -> dataset.setAccess(null);
            case ACL ->
                new Dataset()
                        .setKind(dataset.getKind())
                        .setId(dataset.getId())
                        .setEtag(dataset.getEtag())
                        .setSelfLink(dataset.getSelfLink())
                        .setDatasetReference(dataset.getDatasetReference())
                        .setAccess(dataset.getAccess());
        };
    }

    /** What of a request's changes is made, the rest being left as it is there. */
    Dataset changes(Dataset wanted, Dataset there) {
        return switch (this) {
            case FULL -> wanted;
            case METADATA -> wanted.setAccess(there.getAccess());
            case ACL -> there.clone().setAccess(wanted.getAccess());
        };
    }
}
