package dev.sluice.local;

import com.google.api.client.util.DateTime;
import com.google.api.services.bigquery.model.JobConfigurationTableCopy;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a copy job asks for: COPY, SNAPSHOT, CLONE or RESTORE, and of which tables. */
final class CopyOperation {

    private static final Set<String> SETTINGS = Set.of(
            "sourceTable",
            "sourceTables",
            "destinationTable",
            "destinationExpirationTime",
            "createDisposition",
            "writeDisposition",
            "operationType",
            "location");

    private CopyOperation() {}

    static void requireSupported(JobConfigurationTableCopy copy, String projectId) {
        Effects.requireOnly(SETTINGS, copy, "copies");
        if (copy.getDestinationTable() == null || sources(copy).isEmpty()) {
            throw ApiError.invalid("Required parameter is missing: sourceTable or destinationTable");
        }
        List<TableReference> all = new ArrayList<>(sources(copy));
        all.add(copy.getDestinationTable());
        for (TableReference reference : all) {
            Projects.requireTable(projectId, reference, "sourceTable or destinationTable");
            CopySource.require(reference);
        }
        if (copy.getDestinationTable().getTableId().contains("@")) {
            throw ApiError.invalid("The destination of a copy cannot have a moment: "
                    + copy.getDestinationTable().getTableId());
        }
        if ("WRITE_TRUNCATE_DATA".equals(copy.getWriteDisposition())) {
            throw ApiError.unsupported("copies with WRITE_TRUNCATE_DATA");
        }
        Dispositions.require(copy.getCreateDisposition(), copy.getWriteDisposition());
        expiration(copy);
        boolean plain = name(copy).equals("COPY");
        if (!plain && sources(copy).size() > 1) {
            throw ApiError.invalid("Only one source is allowed for operation " + name(copy));
        }
        if (!Set.of("COPY", "SNAPSHOT", "CLONE", "RESTORE").contains(name(copy))) {
            throw ApiError.invalid("Invalid value for operationType: " + name(copy));
        }
    }

    /** @throws ApiError if it is no time */
    static Optional<Long> expiration(JobConfigurationTableCopy copy) {
        Object time = copy.get("destinationExpirationTime");
        try {
            return Optional.ofNullable(time)
                    .map(text -> DateTime.parseRfc3339(text.toString()).getValue());
        } catch (NumberFormatException e) {
            throw ApiError.invalid("Invalid value for destinationExpirationTime: " + time);
        }
    }

    static String name(JobConfigurationTableCopy copy) {
        String type = Objects.requireNonNullElse(copy.getOperationType(), "COPY");
        return type.equals("OPERATION_TYPE_UNSPECIFIED") ? "COPY" : type;
    }

    static List<TableReference> sources(JobConfigurationTableCopy copy) {
        if (copy.getSourceTables() != null) {
            return copy.getSourceTables();
        }
        return copy.getSourceTable() == null ? List.of() : List.of(copy.getSourceTable());
    }

    /** @throws ApiError if the operation is not for such a table */
    static void requireReadable(JobConfigurationTableCopy copy, Table source) {
        boolean snapshot = "SNAPSHOT".equals(source.getType());
        boolean wantsSnapshot = name(copy).equals("RESTORE");
        if (snapshot != wantsSnapshot && (wantsSnapshot || name(copy).equals("SNAPSHOT"))
                || !snapshot && !"TABLE".equals(source.getType())) {
            if (name(copy).equals("COPY")) {
                throw ExtractEffects.unreadable(source);
            }
            throw ApiError.invalid("Operation %s cannot read %s, which is a %s"
                    .formatted(name(copy), source.getId(), source.getType()));
        }
    }

    /**
     * @param places of datasets
     * @throws ApiError if it is one that BigQuery does only within a location, and the tables are at several
     */
    static void requirePlace(JobConfigurationTableCopy copy, Map<String, String> places) {
        String place = places.get(copy.getDestinationTable().getDatasetId());
        boolean isWithin = sources(copy).stream()
                .map(source -> places.get(source.getDatasetId()))
                .allMatch(from -> from == null || place == null || from.equalsIgnoreCase(place));
        if (isWithin) {
            return;
        }
        if (!name(copy).equals("COPY") && !name(copy).equals("RESTORE")) {
            throw ApiError.unsupported("%s of a table at another location".formatted(name(copy)));
        }
        if ("WRITE_APPEND".equals(copy.getWriteDisposition())) {
            throw ApiError.invalid("Cross-region table copy with append mode (--append_table or WRITE_APPEND) is"
                    + " unsupported. Use copy without the append mode.");
        }
    }

    /** What the table becomes that is made. */
    static Statement.Copy kind(JobConfigurationTableCopy copy) {
        return switch (name(copy)) {
            case "CLONE" -> Statement.Copy.CLONE;
            case "SNAPSHOT" -> Statement.Copy.SNAPSHOT;
            default -> Statement.Copy.COPY;
        };
    }
}
