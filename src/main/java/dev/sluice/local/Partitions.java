package dev.sluice.local;

import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which partition a row is in: {@code 20240131}, {@code __NULL__}, {@code __UNPARTITIONED__} or a range's start. */
final class Partitions {

    /** The key of tables that are partitioned by the time at which rows came; NULL while that is not decided. */
    static final String TIME = Relation.ARRIVAL;

    /** The same as a date, where partitions are days. */
    static final String DATE = "_PARTITIONDATE";

    /** DuckDB's text for the id of rows that are in none. */
    static final String UNPARTITIONED = "'__UNPARTITIONED__'";

    private Partitions() {}

    /** DuckDB's expression for the id of a row's partition, if the table is partitioned. */
    static Optional<String> id(Table table) {
        RangePartitioning range = table.getRangePartitioning();
        if (range != null) {
            return Optional.of(RangePartitions.id(range));
        }
        return column(table).map(column -> timeId(table, time(table, column)));
    }

    /** DuckDB's expression for a column of times, without the time zone with which DuckDB computes slowly. */
    private static String time(Table table, String column) {
        String quoted = ColumnTypes.quoted(column);
        boolean zoned = isByArrival(table)
                || TableSchemas.named(table.getSchema().getFields(), column)
                        .filter(field -> ColumnTypes.standard(field.getType()).equals("TIMESTAMP"))
                        .isPresent();
        return zoned ? "make_timestamp(epoch_us(%s))".formatted(quoted) : quoted;
    }

    /**
     * DuckDB's expression that is the same for rows of one partition and cheap to compute, if the table is partitioned.
     */
    static Optional<String> group(Table table) {
        return table.getRangePartitioning() != null
                ? id(table)
                : column(table)
                        .map(column -> "date_trunc('%s', %s)"
                                .formatted(unit(table.getTimePartitioning()), time(table, column)));
    }

    /** DuckDB's expression for the id of the partition that a {@link #group} is in. */
    static String groupId(Table table, String group) {
        return table.getRangePartitioning() != null ? group : timeId(table, group);
    }

    private static String timeId(Table table, String column) {
        return ("CASE WHEN %1$s IS NULL THEN %2$s WHEN year(%1$s) NOT BETWEEN 1960 AND 2159 THEN %3$s"
                        + " ELSE strftime(%1$s, '%4$s') END")
                .formatted(
                        column,
                        isByArrival(table) ? UNPARTITIONED : "'__NULL__'",
                        UNPARTITIONED,
                        format(table.getTimePartitioning()));
    }

    static int digits(TimePartitioning time) {
        return switch (unit(time)) {
            case "HOUR" -> 10;
            case "MONTH" -> 6;
            case "YEAR" -> 4;
            default -> 8;
        };
    }

    /** DuckDB's format of ids. */
    static String format(TimePartitioning time) {
        return switch (unit(time)) {
            case "HOUR" -> "%Y%m%d%H";
            case "MONTH" -> "%Y%m";
            case "YEAR" -> "%Y";
            default -> "%Y%m%d";
        };
    }

    /** HOUR, DAY, MONTH or YEAR. */
    static String unit(TimePartitioning time) {
        return Objects.requireNonNullElse(time.getType(), "DAY");
    }

    static boolean isByArrival(Table table) {
        return table.getTimePartitioning() != null
                && table.getTimePartitioning().getField() == null;
    }

    /** DuckDB's column that decides the partition, if the table is partitioned. */
    static Optional<String> column(Table table) {
        if (table.getRangePartitioning() != null) {
            return Optional.of(table.getRangePartitioning().getField());
        }
        return Optional.ofNullable(table.getTimePartitioning())
                .map(time -> Objects.requireNonNullElse(time.getField(), TIME));
    }

    /** What statements may call the key; empty if the table is not partitioned. */
    static List<String> keys(Table table) {
        if (!isByArrival(table)) {
            return column(table).map(List::of).orElse(List.of());
        }
        return unit(table.getTimePartitioning()).equals("DAY") ? List.of(TIME, DATE) : List.of(TIME);
    }

    /** The columns that only their names bring up. */
    static List<Column> hidden(Table table) {
        return isByArrival(table)
                ? keys(table).stream()
                        .map(key -> new Column(key, key.equals(TIME) ? Type.TIMESTAMP : Type.DATE))
                        .toList()
                : List.of();
    }

    /** DuckDB's expressions for them, each after a comma. */
    static String hiddenSql(Table table) {
        StringBuilder sql = new StringBuilder();
        hidden(table)
                .forEach(column -> sql.append(
                        column.name().equals(TIME)
                                ? ", \"_PARTITIONTIME\""
                                : ", CAST(\"_PARTITIONTIME\" AT TIME ZONE 'UTC' AS DATE) AS \"_PARTITIONDATE\""));
        return sql.toString();
    }

    static boolean requiresFilter(Table table) {
        return Boolean.TRUE.equals(table.getRequirePartitionFilter())
                || table.getTimePartitioning() != null
                        && Boolean.TRUE.equals(table.getTimePartitioning().getRequirePartitionFilter());
    }

    /** DuckDB's condition for rows that no filter over the key keeps from being read. */
    static String always(Table table) {
        if (isByArrival(table)) {
            return "FALSE";
        }
        return id(table).map(id -> "%s = %s".formatted(id, UNPARTITIONED)).orElse("FALSE");
    }

    /** A condition that only rows of that partition meet. */
    static String condition(StoredTable table, String partition) {
        String id = id(table.resource())
                .orElseThrow(() ->
                        ApiError.invalid("Cannot read or write partition %s of a table that is not partitioned: %s"
                                .formatted(partition, table.resource().getId())));
        PartitionIds.require(table.resource(), partition);
        return "(%s) = '%s'".formatted(id, partition);
    }
}
