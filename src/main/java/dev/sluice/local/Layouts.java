package dev.sluice.local;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TimePartitioning;
import dev.sluice.local.sql.Layout;
import java.util.Set;

/** Layouts in table resources. */
final class Layouts {

    private static final Set<String> TIMES = Set.of("DATE", "TIMESTAMP", "DATETIME");

    private Layouts() {}

    /** @throws ApiError if the columns are missing that it names, or cannot partition */
    static void requireColumns(Tables.Stored table) {
        TimePartitioning time = table.resource().getTimePartitioning();
        if (time != null && time.getField() != null) {
            requirePartitioning(table, time.getField(), TIMES, "TIMESTAMP, DATE or DATETIME");
        }
        RangePartitioning range = table.resource().getRangePartitioning();
        if (range != null) {
            requirePartitioning(table, range.getField(), Set.of("INTEGER"), "INTEGER");
        }
        Clustering clustering = table.resource().getClustering();
        if (clustering == null || clustering.getFields() == null) {
            return;
        }
        for (String name : clustering.getFields()) {
            if (TableSchemas.named(table.fields(), name).isEmpty()) {
                throw ApiError.invalid(
                        "The field specified for clustering cannot be found in the schema. Invalid field: " + name);
            }
        }
    }

    private static void requirePartitioning(Tables.Stored table, String name, Set<String> types, String words) {
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
