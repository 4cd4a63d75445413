package dev.sluice.local;

import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.load.BadRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions insertAll writes into; loads and queries write into all.
 *
 * <p>Source: "Stream into partitioned tables" of BigQuery's "Use the legacy streaming API": rows of a partitioned column from
 * ten years ago to a year ahead, daily partitions of arrival named in the request from 31 days ago to 16 days ahead.
 */
final class StreamingBounds {

    private static final int ROWS_PAST = 3650;
    private static final int ROWS_FUTURE = 366;
    private static final int NAMED_PAST = 31;
    private static final int NAMED_FUTURE = 16;

    private final StoredTable table;
    private final int position;
    private final LocalDate today;

    /** @param now by which today is known */
    StreamingBounds(StoredTable table, Instant now) {
        this.table = table;
        this.position = position(table);
        this.today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** Of the column of time by which the table is partitioned; -1 if there is none. */
    private static int position(StoredTable table) {
        var time = table.resource().getTimePartitioning();
        String column = time == null || time.getField() == null ? "" : time.getField();
        for (int i = 0; i < table.fields().size(); i++) {
            if (table.fields().get(i).getName().equalsIgnoreCase(column)) {
                return i;
            }
        }
        return -1;
    }

    /** @throws BadRow for a row that belongs to another time */
    void require(@Nullable Object[] row) {
        Object value = position < 0 ? null : row[position];
        LocalDate date = date(value);
        if (date != null && isOutside(date, ROWS_PAST, ROWS_FUTURE)) {
            String field = table.fields().get(position).getName();
            throw BadRow.outside(
                    field,
                    "Value %s for field %s of the destination table %s %s"
                            .formatted(text(value), field, name(), words("date range", ROWS_PAST, ROWS_FUTURE)));
        }
    }

    /** @throws ApiError for a partition that no request may name */
    void requireNamed(String partition) {
        var time = table.resource().getTimePartitioning();
        if (!Partitions.isByArrival(table.resource())) {
            throw ApiError.invalid(
                    "Streaming to metadata partition of column based partitioning table %s$%s is disallowed."
                            .formatted(name(), partition));
        }
        PartitionIds.requireTime(time, partition);
        if (!"DAY".equals(time.getType().toUpperCase(Locale.ROOT))) {
            throw ApiError.invalid("Streaming to a partition is only supported for daily partitioned tables: %s$%s"
                    .formatted(name(), partition));
        }
        if (isOutside(LocalDate.parse(partition, DateTimeFormatter.BASIC_ISO_DATE), NAMED_PAST, NAMED_FUTURE)) {
            throw ApiError.invalid("The destination table's partition %s$%s %s"
                    .formatted(
                            table.resource().getTableReference().getTableId(),
                            partition,
                            words("partitions", NAMED_PAST, NAMED_FUTURE)));
        }
    }

    private boolean isOutside(LocalDate date, int past, int future) {
        return date.isBefore(today.minusDays(past)) || date.isAfter(today.plusDays(future));
    }

    private static @Nullable LocalDate date(@Nullable Object value) {
        if (value instanceof OffsetDateTime moment) {
            return moment.toLocalDate();
        }
        if (value instanceof LocalDateTime moment) {
            return moment.toLocalDate();
        }
        return value instanceof LocalDate date ? date : null;
    }

    /** Of a TIMESTAMP the microseconds since 1970. */
    private static String text(@Nullable Object value) {
        return value instanceof OffsetDateTime moment
                ? String.valueOf(TimeUnit.SECONDS.toMicros(moment.toEpochSecond())
                        + TimeUnit.NANOSECONDS.toMicros(moment.getNano()))
                : String.valueOf(value);
    }

    private static String words(String what, int past, int future) {
        return "is outside the allowed bounds. You can only stream to %s within %d days in the past and %d days in the future relative to the current date."
                .formatted(what, past, future);
    }

    private String name() {
        TableReference name = table.resource().getTableReference();
        return "%s:%s.%s".formatted(name.getProjectId(), name.getDatasetId(), name.getTableId());
    }
}
