package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table that a statement reads, while it is translated.
 *
 * @param alias DuckDB's
 * @param partitions what is left of the partitions, condition by condition
 * @param blocks the same of the blocks
 */
record OpenScan(TableName table, Relation relation, String alias, List<Survivors> partitions, List<Survivors> blocks) {

    OpenScan(TableName table, Relation relation, String alias) {
        this(table, relation, alias, new ArrayList<>(), new ArrayList<>());
    }

    String column(String name) {
        return alias + "." + OutputNames.quoted(name);
    }

    /** The documentation knows none over ranges of integers or clustering. */
    boolean looksIntoFunctions(String key, Type type) {
        return relation.keys().partitioning().contains(key) && !type.equals(Type.INT64);
    }

    List<String> keys(boolean clustering) {
        List<String> keys = new ArrayList<>(relation.keys().partitioning());
        if (clustering) {
            keys.addAll(relation.keys().clustering());
        }
        return keys;
    }

    /** Takes one more condition into account. */
    void keep(Survivors leftPartitions, Survivors leftBlocks) {
        partitions.add(leftPartitions);
        blocks.add(leftBlocks);
    }

    /** The columns that DuckDB's SQL names. */
    Set<String> columns(String sql) {
        Set<String> columns = new TreeSet<>();
        for (Column column : relation.columns()) {
            if (sql.contains(column.qualified(alias))) {
                columns.add(column.name());
            }
        }
        return columns;
    }
}
