package dev.sluice.local;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the rows of a table lie, as BigQuery says it. How long partitions live is no part of it.
 *
 * @param text such as {@code interval(type:day,field:d) clustering(a,b)}
 */
record PartitioningSpec(String text) {

    static PartitioningSpec of(Table table) {
        List<String> parts = new ArrayList<>();
        TimePartitioning time = table.getTimePartitioning();
        if (time != null) {
            String type = String.valueOf(time.getType()).toLowerCase(Locale.ROOT);
            parts.add(
                    time.getField() == null
                            ? "interval(type:%s)".formatted(type)
                            : "interval(type:%s,field:%s)".formatted(type, time.getField()));
        }
        if (table.getRangePartitioning() != null) {
            parts.add(range(table.getRangePartitioning()));
        }
        Clustering clustering = table.getClustering();
        if (clustering != null && clustering.getFields() != null) {
            parts.add("clustering(%s)".formatted(String.join(",", clustering.getFields())));
        }
        return new PartitioningSpec(parts.isEmpty() ? "none" : String.join(" ", parts));
    }

    private static String range(RangePartitioning partitioning) {
        RangePartitioning.Range range = partitioning.getRange();
        return range == null
                ? "range(type:integer,field:%s)".formatted(partitioning.getField())
                : "range(type:integer,field:%s,start:%d,end:%d,interval:%d)"
                        .formatted(partitioning.getField(), range.getStart(), range.getEnd(), range.getInterval());
    }

    boolean isOf(Table table) {
        return text.equalsIgnoreCase(of(table).text());
    }

    /** @throws ApiError if a statement would replace a table by one whose rows lie otherwise */
    static void requireReplaceable(Table existing, Table replacement) {
        PartitioningSpec before = of(existing);
        if (!before.isOf(replacement)) {
            throw new ApiError(
                    400,
                    "invalidQuery",
                    ("Cannot replace a table with a different partitioning spec. Instead, DROP the table, and then"
                                    + " recreate it. New partitioning spec is %s and existing spec is %s")
                            .formatted(of(replacement).text(), before.text()));
        }
    }
}
