package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Dates and times as numbers since 1970, and back. */
final class Epochs {

    private Epochs() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "UNIX_SECONDS" -> fromEpoch(arguments, 1_000_000L);
            case "UNIX_MILLIS" -> fromEpoch(arguments, 1_000L);
            case "UNIX_MICROS" -> fromEpoch(arguments, 1L);
            case "UNIX_DATE" ->
                arguments.require(1).to(Type.DATE, 0).as(Type.INT64, "(%s - CAST('1970-01-01' AS DATE))");
            case "DATE_FROM_UNIX_DATE" ->
                Guards.inRange(arguments
                        .require(1)
                        .integer(0)
                        .as(Type.DATE, "(CAST('1970-01-01' AS DATE) + CAST(%s AS INTEGER))"));
            case "TIMESTAMP_SECONDS" -> toEpoch(arguments, 1_000_000L);
            case "TIMESTAMP_MILLIS" -> toEpoch(arguments, 1_000L);
            case "TIMESTAMP_MICROS" -> toEpoch(arguments, 1L);
            default -> null;
        };
    }

    private static Typed fromEpoch(Arguments arguments, long micros) {
        Typed value = arguments.require(1).to(Type.TIMESTAMP, 0);
        return micros == 1
                ? value.as(Type.INT64, "epoch_us(%s)")
                : value.as(Type.INT64, DateUnits.floored("epoch_us(%1$s)", micros));
    }

    private static Typed toEpoch(Arguments arguments, long micros) {
        Typed value = arguments.require(1).integer(0);
        return Guards.inRange(value.as(Type.TIMESTAMP, "make_timestamptz(%s * CAST(" + micros + " AS BIGINT))"));
    }
}
