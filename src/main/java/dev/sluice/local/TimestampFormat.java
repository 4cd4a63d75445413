package dev.sluice.local;

import com.google.api.services.bigquery.model.DataFormatOptions;
import org.jspecify.annotations.Nullable;

/** How answers tell moments. */
enum TimestampFormat {
    /** Seconds with six digits after the point. */
    FLOAT64 {
        @Override
        String sql(String of) {
            return "CAST(epoch_us(%s) * CAST(0.000001 AS DECIMAL(7,6)) AS VARCHAR)".formatted(of);
        }
    },
    /** Microseconds. */
    INT64 {
        @Override
        String sql(String of) {
            return "CAST(epoch_us(" + of + ") AS VARCHAR)";
        }
    },
    /** With twelve digits of a second, as BigQuery's documentation has it. */
    ISO8601_STRING {
        @Override
        String sql(String of) {
            return "strftime(" + of + ", '%Y-%m-%dT%H:%M:%S.%f000000Z')";
        }
    };

    /** DuckDB's expression for the text of a moment. */
    abstract String sql(String of);

    /** What the parameters of a request say. */
    static TimestampFormat of(Exchange exchange) {
        String int64 = exchange.query("formatOptions.useInt64Timestamp", "false");
        if (!int64.equalsIgnoreCase("true") && !int64.equalsIgnoreCase("false")) {
            throw ApiError.invalid("Invalid value for formatOptions.useInt64Timestamp: " + int64);
        }
        return of(exchange.query("formatOptions.timestampOutputFormat", ""), int64.equalsIgnoreCase("true"));
    }

    /** What the body of a request says. */
    static TimestampFormat of(@Nullable DataFormatOptions options) {
        if (options == null) {
            return FLOAT64;
        }
        Object format = options.get("timestampOutputFormat");
        return of(format == null ? "" : format.toString(), Boolean.TRUE.equals(options.getUseInt64Timestamp()));
    }

    private static TimestampFormat of(String name, boolean int64) {
        if (name.isEmpty() || name.equals("TIMESTAMP_OUTPUT_FORMAT_UNSPECIFIED")) {
            return int64 ? INT64 : FLOAT64;
        }
        if (int64) {
            throw ApiError.invalid("Cannot specify both use_int64_timestamp and timestamp_output_format.");
        }
        for (TimestampFormat format : values()) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        throw ApiError.invalid("Invalid value for formatOptions.timestampOutputFormat: " + name);
    }
}
