package dev.sluice.local.sql;

import java.util.List;
import java.util.Set;

/**
 * What a statement reads of a table. A condition tells of a partition or a block of rows whether rows that are wanted may be
 * in it; it knows of each key {@link #least}, {@link #most} and {@link #absent}.
 *
 * @param columns that it names
 * @param partitions DuckDB's condition over the partitioning key
 * @param filtered whether a filter over the partitioning key is in it
 * @param blocks DuckDB's condition over the partitioning key and the columns of the clustering
 * @param parameters what the placeholders of both stand for
 */
public record Scan(
        TableName table,
        Set<String> columns,
        String partitions,
        boolean filtered,
        String blocks,
        List<String> parameters) {

    /** What a condition says that leaves nothing out. */
    public static final String ALL = "TRUE";

    public Scan {
        columns = Set.copyOf(columns);
        parameters = List.copyOf(parameters);
    }

    /** The same without conditions. */
    public Scan whole() {
        return new Scan(table, columns, ALL, filtered, ALL, parameters);
    }

    /** DuckDB's name of the least value that a key may have in a partition or block. */
    public static String least(String key) {
        return OutputNames.quoted("_sluice_least " + key);
    }

    /** DuckDB's name of the greatest value that a key may have. */
    public static String most(String key) {
        return OutputNames.quoted("_sluice_most " + key);
    }

    /** DuckDB's name of whether a key may be NULL. */
    public static String absent(String key) {
        return OutputNames.quoted("_sluice_absent " + key);
    }
}
