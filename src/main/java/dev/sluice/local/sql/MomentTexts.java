package dev.sluice.local.sql;

/** Moments and times as text: a fraction of a second has three or six digits, or there is none. */
final class MomentTexts {

    private MomentTexts() {}

    /** @param between what stands between the date and the time, and {@code after} what follows */
    static Typed moment(Typed moment, String between, String after) {
        return text(moment, "epoch_us(%1$s)", "%%E4Y-%%m-%%d" + between, after);
    }

    static Typed time(Typed time) {
        return text(time, "epoch_us(CAST('1970-01-01' AS DATE) + %1$s)", "", "");
    }

    private static Typed text(Typed value, String micros, String before, String after) {
        String hours = "'" + before + "%%H:%%M:";
        return value.as(
                Type.STRING,
                "bq_format_moment(CASE WHEN " + micros + " %% 1000000 = 0 THEN " + hours + "%%S" + after + "' WHEN "
                        + micros + " %% 1000 = 0 THEN " + hours + "%%E3S" + after + "' ELSE " + hours + "%%E6S" + after
                        + "' END, " + micros + ")");
    }
}
