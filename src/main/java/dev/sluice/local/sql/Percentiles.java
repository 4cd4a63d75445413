package dev.sluice.local.sql;

/** PERCENTILE_CONT: between two neighbours, each of which weighs as much as BigQuery lets it weigh. */
final class Percentiles {

    private Percentiles() {}

    /**
     * The middle is between the least of the upper half and the greatest of the lower half. All else is looked up among all
     * values of the window, which are sorted once for each partition.
     *
     * @param part from 0 to 1
     */
    static Typed continuous(Typed value, String part, Expression.Window over, WindowSpecifications windows) {
        String window = windows.sql(over).replace("%", "%%");
        String format = Double.parseDouble(part) == 0.5 ? middle(window) : among(part, window);
        return windows.reading(Typed.aggregated(Type.FLOAT64, format, value), over);
    }

    private static String middle(String window) {
        return "(quantile_disc(%1$s, 0.5)" + window + " * CAST(0.5 AS DOUBLE) - quantile_disc(-%1$s, 0.5)" + window
                + " * CAST(0.5 AS DOUBLE))";
    }

    private static String among(String part, String window) {
        String sorted = "(list(%1$s ORDER BY %1$s) FILTER (WHERE %1$s IS NOT NULL)" + window + ")";
        String where = "(CAST(len(_sluice_sorted) AS BIGINT), '" + part + "')";
        String place = "bq_percentile_place" + where;
        String upper = "coalesce(list_extract(_sluice_sorted, " + place + " + 1), list_extract(_sluice_sorted, -1))";
        return "list_extract(list_transform([" + sorted + "], lambda _sluice_sorted: list_extract(_sluice_sorted, "
                + place + ") * bq_percentile_lower" + where + " + " + upper + " * bq_percentile_upper" + where
                + "), 1)";
    }
}
