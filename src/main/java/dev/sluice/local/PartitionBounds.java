package dev.sluice.local;

import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.Scan;
import java.util.List;

/** Between which values the keys of a row's partition are. */
final class PartitionBounds {

    private PartitionBounds() {}

    /** DuckDB's expressions for the bounds of a row's partition, named as a {@link Scan} has them. */
    static List<String> of(StoredTable table) {
        Table resource = table.resource();
        return Partitions.keys(resource).stream()
                .flatMap(key -> of(table, key).stream())
                .toList();
    }

    private static List<String> of(StoredTable table, String key) {
        RangePartitioning range = table.resource().getRangePartitioning();
        return range == null ? ofTime(table, key) : ofRange(range, key);
    }

    private static List<String> ofRange(RangePartitioning range, String key) {
        // of a row outside nobody asks: it is always read
        String start = "CASE WHEN %s THEN NULL ELSE CAST(%s AS HUGEINT) END"
                .formatted(RangePartitions.outside(range), RangePartitions.start(range));
        String end = "(%s + %d)".formatted(start, range.getRange().getInterval() - 1);
        return bounds(key, ColumnTypes.quoted(key), start, end);
    }

    private static List<String> ofTime(StoredTable table, String key) {
        boolean byArrival = Partitions.isByArrival(table.resource());
        String type = byArrival
                ? key.equals(Partitions.DATE) ? "DATE" : "TIMESTAMP WITH TIME ZONE"
                : ColumnTypes.duckDb(TableSchemas.named(table.fields(), key).orElseThrow());
        String column = ColumnTypes.quoted(byArrival ? Partitions.TIME : key);
        String unit = Partitions.unit(table.resource().getTimePartitioning());
        String start = "date_trunc('%s', %s)".formatted(unit, column);
        String step = type.equals("DATE") ? "1 DAY" : "1 MICROSECOND";
        String end = byArrival ? start : "%s + INTERVAL 1 %s - INTERVAL %s".formatted(start, unit, step);
        return bounds(key, column, "CAST(%s AS %s)".formatted(start, type), "CAST(%s AS %s)".formatted(end, type));
    }

    private static List<String> bounds(String key, String column, String least, String most) {
        return List.of(
                least + " AS " + Scan.least(key),
                most + " AS " + Scan.most(key),
                "(%s IS NULL) AS %s".formatted(column, Scan.absent(key)));
    }
}
