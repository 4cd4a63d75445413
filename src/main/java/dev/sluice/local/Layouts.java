package dev.sluice.local;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;
import dev.sluice.local.sql.Layout;

/** Layouts in table resources. */
final class Layouts {

    private Layouts() {}

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
