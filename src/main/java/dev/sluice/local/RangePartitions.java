package dev.sluice.local;

import com.google.api.services.bigquery.model.RangePartitioning;

/** Partitions of ranges of integers. */
final class RangePartitions {

    private RangePartitions() {}

    /** DuckDB's expression for the id of a row's partition. */
    static String id(RangePartitioning range) {
        return "CASE WHEN %1$s IS NULL THEN '__NULL__' WHEN %2$s THEN %3$s ELSE CAST(%4$s AS VARCHAR) END"
                .formatted(
                        ColumnTypes.quoted(range.getField()), outside(range), Partitions.UNPARTITIONED, start(range));
    }

    /** DuckDB's condition for rows whose value is in no range. */
    static String outside(RangePartitioning range) {
        return "(%1$s < %2$d OR %1$s >= %3$d)"
                .formatted(
                        ColumnTypes.quoted(range.getField()),
                        range.getRange().getStart(),
                        range.getRange().getEnd());
    }

    /** DuckDB's expression for the beginning of a row's range. */
    static String start(RangePartitioning range) {
        return "(%2$d + (%1$s - %2$d) // %3$d * %3$d)"
                .formatted(
                        ColumnTypes.quoted(range.getField()),
                        range.getRange().getStart(),
                        range.getRange().getInterval());
    }
}
