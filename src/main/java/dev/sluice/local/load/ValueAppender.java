package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Appends the values of a row to DuckDB, one after the other. */
final class ValueAppender {

    private final DuckDBAppender appender;

    ValueAppender(DuckDBAppender appender) {
        this.appender = appender;
    }

    /** @param value a {@link Collection} for a record and for a repeated field */
    void append(TableFieldSchema field, @Nullable Object value) throws SQLException {
        if (value == null) {
            appendNull(field);
        } else if (value instanceof Collection<?> values) {
            if (FieldType.isRepeated(field)) {
                appender.append(values);
            } else {
                appendRecord(field, values);
            }
        } else {
            appendScalar(value);
        }
    }

    /** BigQuery has no NULL arrays. */
    private void appendNull(TableFieldSchema field) throws SQLException {
        if (FieldType.isRepeated(field)) {
            appender.append(List.of());
        } else {
            appender.appendNull();
        }
    }

    private void appendRecord(TableFieldSchema record, Collection<?> members) throws SQLException {
        appender.beginStruct();
        int i = 0;
        for (Object member : members) {
            append(record.getFields().get(i), member);
            i++;
        }
        appender.endStruct();
    }

    private void appendScalar(Object value) throws SQLException {
        if (value instanceof String text) {
            appender.append(text);
        } else if (value instanceof Long number) {
            appender.append(number.longValue());
        } else if (value instanceof Double number) {
            appender.append(number.doubleValue());
        } else if (value instanceof Boolean bool) {
            appender.append(bool.booleanValue());
        } else if (value instanceof BigDecimal number) {
            appender.append(number);
        } else if (value instanceof byte[] bytes) {
            appender.append(bytes);
        } else {
            appendTime(value);
        }
    }

    private void appendTime(Object value) throws SQLException {
        if (value instanceof OffsetDateTime time) {
            appender.append(time);
        } else if (value instanceof LocalDate date) {
            appender.append(date);
        } else if (value instanceof LocalDateTime time) {
            appender.append(time);
        } else {
            appender.append((LocalTime) value);
        }
    }
}
