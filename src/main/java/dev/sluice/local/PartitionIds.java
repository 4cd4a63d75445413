package dev.sluice.local;

import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;

/** DuckDB's SQL for the partition that a row lies in. */
final class PartitionIds {

    private PartitionIds() {}

    /** {@code none} for tables without partitions. */
    static String sql(Table table) {
        RangePartitioning range = table.getRangePartitioning();
        if (range != null) {
            return ("CASE WHEN %1$s IS NULL THEN '__NULL__' WHEN %1$s < %2$d OR %1$s >= %3$d THEN '__UNPARTITIONED__'"
                            + " ELSE CAST(%1$s - (%1$s - %2$d) %% %4$d AS VARCHAR) END")
                    .formatted(
                            ColumnTypes.quoted(range.getField()),
                            range.getRange().getStart(),
                            range.getRange().getEnd(),
                            range.getRange().getInterval());
        }
        TimePartitioning time = table.getTimePartitioning();
        if (time == null || time.getField() == null) {
            return "'none'";
        }
        String moment = "CAST(%s AS TIMESTAMP)".formatted(ColumnTypes.quoted(time.getField()));
        return ("CASE WHEN %1$s IS NULL THEN '__NULL__' WHEN year(%1$s) NOT BETWEEN 1960 AND 2159 THEN"
                        + " '__UNPARTITIONED__' ELSE strftime(%1$s, '%2$s') END")
                .formatted(moment, format(time.getType()));
    }

    private static String format(String unit) {
        return switch (unit) {
            case "HOUR" -> "%Y%m%d%H";
            case "MONTH" -> "%Y%m";
            case "YEAR" -> "%Y";
            default -> "%Y%m%d";
        };
    }
}
