package dev.sluice.local;

import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;
import java.util.Objects;
import java.util.Optional;

/** Which partition a row is in: {@code 20240131}, {@code __NULL__}, {@code __UNPARTITIONED__} or a range's start. */
final class Partitions {

    private Partitions() {}

    /** DuckDB's expression for the id of a row's partition, if the table is partitioned by a column. */
    static Optional<String> id(Table table) {
        TimePartitioning time = table.getTimePartitioning();
        if (time != null && time.getField() != null) {
            return Optional.of(timeId(ColumnTypes.quoted(time.getField()), format(time)));
        }
        RangePartitioning range = table.getRangePartitioning();
        return range == null ? Optional.empty() : Optional.of(rangeId(range));
    }

    private static String timeId(String column, String format) {
        return ("CASE WHEN %1$s IS NULL THEN '__NULL__' WHEN year(%1$s) NOT BETWEEN 1960 AND 2159 THEN"
                        + " '__UNPARTITIONED__' ELSE strftime(%1$s, '%2$s') END")
                .formatted(column, format);
    }

    private static String format(TimePartitioning time) {
        return switch (Objects.requireNonNullElse(time.getType(), "DAY")) {
            case "HOUR" -> "%Y%m%d%H";
            case "MONTH" -> "%Y%m";
            case "YEAR" -> "%Y";
            default -> "%Y%m%d";
        };
    }

    private static String rangeId(RangePartitioning range) {
        RangePartitioning.Range bounds = range.getRange();
        return ("CASE WHEN %1$s IS NULL THEN '__NULL__' WHEN %1$s < %2$d OR %1$s >= %3$d THEN '__UNPARTITIONED__'"
                        + " ELSE CAST(%2$d + (%1$s - %2$d) // %4$d * %4$d AS VARCHAR) END")
                .formatted(
                        ColumnTypes.quoted(range.getField()), bounds.getStart(), bounds.getEnd(), bounds.getInterval());
    }

    /** A condition that only rows of that partition meet. */
    static String condition(Tables.Stored table, String partition) {
        String id = id(table.resource())
                .orElseThrow(() -> ApiError.invalid(
                        "Cannot read or write partition %s of a table that is not partitioned by a column: %s"
                                .formatted(partition, table.resource().getId())));
        if (!partition.matches("[0-9]{1,19}|__NULL__|__UNPARTITIONED__")) {
            throw ApiError.invalid("Invalid partition decorator: $" + partition);
        }
        return "(%s) = '%s'".formatted(id, partition);
    }
}
