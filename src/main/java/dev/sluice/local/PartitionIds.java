package dev.sluice.local;

import com.google.api.services.bigquery.model.RangePartitioning;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TimePartitioning;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Set;

/** Which ids the partitions of a table can have, whether they have rows or not. */
final class PartitionIds {

    private static final Set<String> NAMED = Set.of("__NULL__", "__UNPARTITIONED__");
    private static final DateTimeFormatter HOURS =
            DateTimeFormatter.ofPattern("uuuuMMddHH").withResolverStyle(ResolverStyle.STRICT);

    /** What makes the id of a year, a month or a day one of its first hour. */
    private static final String FIRST_HOUR = "0000010100";

    private PartitionIds() {}

    /** @throws ApiError for one that no partition of the table has, as of another unit */
    static void require(Table table, String id) {
        TimePartitioning time = table.getTimePartitioning();
        if (!NAMED.contains(id) && !(time == null ? isRange(table.getRangePartitioning(), id) : isTime(time, id))) {
            throw wrong(id);
        }
    }

    /** @throws ApiError for one that is no time, or of another unit */
    static void requireTime(TimePartitioning time, String id) {
        if (!isTime(time, id)) {
            throw wrong(id);
        }
    }

    private static ApiError wrong(String id) {
        return ApiError.invalid("Invalid partition decorator: $" + id);
    }

    private static boolean isTime(TimePartitioning time, String id) {
        if (!id.matches("[0-9]{%d}".formatted(Partitions.digits(time)))) {
            return false;
        }
        try {
            HOURS.parse(id + FIRST_HOUR.substring(id.length()));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isRange(RangePartitioning partitioning, String id) {
        if (!id.matches("0|-?[1-9][0-9]{0,17}")) {
            return false;
        }
        RangePartitioning.Range range = partitioning.getRange();
        long start = Long.parseLong(id);
        return start >= range.getStart()
                && start < range.getEnd()
                && (start - range.getStart()) % range.getInterval() == 0;
    }
}
