package dev.sluice.local;

import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Scan;
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

    private static final String UNPARTITIONED = "'__UNPARTITIONED__'";

    private Partitions() {}

    /** DuckDB's expression for the id of a row's partition, if the table is partitioned. */
    static Optional<String> id(Table table) {
        RangePartitioning range = table.getRangePartitioning();
        if (range != null) {
            return Optional.of(rangeId(range));
        }
        return column(table).map(column -> timeId(table, ColumnTypes.quoted(column)));
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

    private static String rangeId(RangePartitioning range) {
        return "CASE WHEN %1$s IS NULL THEN '__NULL__' WHEN %2$s THEN %3$s ELSE CAST(%4$s AS VARCHAR) END"
                .formatted(ColumnTypes.quoted(range.getField()), outside(range), UNPARTITIONED, start(range));
    }

    private static String outside(RangePartitioning range) {
        return "(%1$s < %2$d OR %1$s >= %3$d)"
                .formatted(
                        ColumnTypes.quoted(range.getField()),
                        range.getRange().getStart(),
                        range.getRange().getEnd());
    }

    private static String start(RangePartitioning range) {
        return "(%2$d + (%1$s - %2$d) // %3$d * %3$d)"
                .formatted(
                        ColumnTypes.quoted(range.getField()),
                        range.getRange().getStart(),
                        range.getRange().getInterval());
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

    /** DuckDB's expressions for the bounds of a row's partition, named as a {@link Scan} has them. */
    static List<String> bounds(Tables.Stored table) {
        Table resource = table.resource();
        return keys(resource).stream()
                .flatMap(key -> bounds(table, key).stream())
                .toList();
    }

    private static List<String> bounds(Tables.Stored table, String key) {
        RangePartitioning range = table.resource().getRangePartitioning();
        if (range != null) {
            // of a row outside nobody asks: it is always read
            String start =
                    "CASE WHEN %s THEN NULL ELSE CAST(%s AS HUGEINT) END".formatted(outside(range), start(range));
            String end = "(%s + %d)".formatted(start, range.getRange().getInterval() - 1);
            return bounds(key, ColumnTypes.quoted(key), start, end);
        }
        boolean byArrival = isByArrival(table.resource());
        String type = byArrival
                ? key.equals(DATE) ? "DATE" : "TIMESTAMP WITH TIME ZONE"
                : ColumnTypes.duckDb(TableSchemas.named(table.fields(), key).orElseThrow());
        String column = ColumnTypes.quoted(byArrival ? TIME : key);
        String unit = unit(table.resource().getTimePartitioning());
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

    /** A condition that only rows of that partition meet. */
    static String condition(Tables.Stored table, String partition) {
        String id = id(table.resource())
                .orElseThrow(() ->
                        ApiError.invalid("Cannot read or write partition %s of a table that is not partitioned: %s"
                                .formatted(partition, table.resource().getId())));
        if (!partition.matches("[0-9]{1,19}|__NULL__|__UNPARTITIONED__")) {
            throw ApiError.invalid("Invalid partition decorator: $" + partition);
        }
        return "(%s) = '%s'".formatted(id, partition);
    }
}
