package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the rows of a table lie. */
public record Layout(@Nullable Partitioning partitioning, List<String> clustering) {

    public static final Layout NONE = new Layout(null, List.of());

    /**
     * @param column null for the time at which rows came
     * @param unit HOUR, DAY, MONTH, YEAR or RANGE
     * @param range from, to and step of a RANGE, otherwise empty
     */
    public record Partitioning(@Nullable String column, String unit, List<Long> range) {}
}
