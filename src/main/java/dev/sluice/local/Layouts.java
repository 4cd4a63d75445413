package dev.sluice.local;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import dev.sluice.local.sql.Layout;
import java.util.List;
import java.util.Set;

/** Layouts in table resources. */
final class Layouts {

    private static final int MOST_CLUSTERING = 4;
    private static final int MOST_PARTITIONS = 10_000;
    private static final Set<String> UNITS = Set.of("HOUR", "DAY", "MONTH", "YEAR");
    private static final Set<String> CLUSTERING =
            Set.of("BIGNUMERIC", "BOOLEAN", "DATE", "DATETIME", "INTEGER", "NUMERIC", "STRING", "TIMESTAMP");
    private static final Set<String> TIMES = Set.of("DATE", "TIMESTAMP", "DATETIME");

    private Layouts() {}

    /** @throws ApiError if the columns are missing that it names, or cannot partition or cluster */
    static void requireColumns(StoredTable table) {
        TimePartitioning time = table.resource().getTimePartitioning();
        RangePartitioning range = table.resource().getRangePartitioning();
        if (time != null && range != null) {
            throw ApiError.invalid("Cannot specify both timePartitioning and rangePartitioning");
        }
        if (time == null && range == null && table.resource().getRequirePartitionFilter() != null) {
            throw ApiError.invalid("Either interval partition or range partition should be specified.");
        }
        if (time != null) {
            requireTime(table, time);
        }
        if (range != null) {
            requirePartitioning(table, String.valueOf(range.getField()), Set.of("INTEGER"), "INTEGER");
            requireRange(range);
        }
        Clustering clustering = table.resource().getClustering();
        if (clustering != null && clustering.getFields() != null) {
            requireClustering(table, clustering.getFields());
        }
    }

    private static void requireTime(StoredTable table, TimePartitioning time) {
        if (!UNITS.contains(String.valueOf(time.getType()))) {
            throw ApiError.invalid(
                    "Invalid value for timePartitioning.type: %s is not a valid value".formatted(time.getType()));
        }
        if (time.getField() != null && time.getType().equals("HOUR")) {
            requirePartitioning(table, time.getField(), Set.of("TIMESTAMP", "DATETIME"), "TIMESTAMP or DATETIME");
        } else if (time.getField() != null) {
            requirePartitioning(table, time.getField(), TIMES, "TIMESTAMP, DATE or DATETIME");
        }
    }

    private static void requireRange(RangePartitioning partitioning) {
        RangePartitioning.Range range = partitioning.getRange();
        if (range == null || range.getStart() == null || range.getEnd() == null || range.getInterval() == null) {
            throw ApiError.invalid(
                    "Required parameter is missing: rangePartitioning.range needs start, end and interval");
        }
        if (range.getInterval() <= 0 || range.getEnd() <= range.getStart()) {
            throw ApiError.invalid(
                    "Invalid value for rangePartitioning: interval must be above 0, and end above start");
        }
        double partitions = ((double) range.getEnd() - range.getStart()) / range.getInterval();
        if (partitions > MOST_PARTITIONS) {
            throw ApiError.invalid("Invalid value for rangePartitioning: it makes %.0f partitions, %d are allowed"
                    .formatted(Math.ceil(partitions), MOST_PARTITIONS));
        }
    }

    private static void requireClustering(StoredTable table, List<String> names) {
        if (names.size() > MOST_CLUSTERING || names.size() > Set.copyOf(names).size()) {
            throw ApiError.invalid("Clustering takes up to 4 different fields, not " + String.join(", ", names));
        }
        for (String name : names) {
            TableFieldSchema field = TableSchemas.named(table.fields(), name)
                    .orElseThrow(() -> ApiError.invalid(
                            "The field specified for clustering cannot be found in the schema. Invalid field: "
                                    + name));
            String type = ColumnTypes.standard(field.getType());
            if (!CLUSTERING.contains(type) || "REPEATED".equals(field.getMode())) {
                throw ApiError.invalid("The field %s cannot be used for clustering. The type found is: %s."
                        .formatted(name, "REPEATED".equals(field.getMode()) ? "ARRAY" : type));
            }
        }
    }

    private static void requirePartitioning(StoredTable table, String name, Set<String> types, String words) {
        TableFieldSchema field = TableSchemas.named(table.fields(), name)
                .orElseThrow(
                        () -> ApiError.invalid("The field specified for partitioning cannot be found in the schema."));
        String type = ColumnTypes.standard(field.getType());
        if (!types.contains(type) || "REPEATED".equals(field.getMode())) {
            throw ApiError.invalid("The field specified for partitioning can only be of type %s. The type found is: %s."
                    .formatted(words, "REPEATED".equals(field.getMode()) ? "ARRAY" : type));
        }
    }

    static void set(Table table, Layout layout) {
        if (!layout.clustering().isEmpty()) {
            table.setClustering(new Clustering().setFields(layout.clustering()));
        }
        Layout.Partitioning partitioning = layout.partitioning();
        if (partitioning == null) {
            return;
        }
        if (!partitioning.unit().equals("RANGE")) {
            table.setTimePartitioning(
                    new TimePartitioning().setType(partitioning.unit()).setField(partitioning.column()));
            return;
        }
        var range = new RangePartitioning.Range()
                .setStart(partitioning.range().get(0))
                .setEnd(partitioning.range().get(1))
                .setInterval(partitioning.range().get(2));
        table.setRangePartitioning(
                new RangePartitioning().setField(partitioning.column()).setRange(range));
    }
}
