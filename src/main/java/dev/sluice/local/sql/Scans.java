package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tables that a statement reads, and the conditions that decide what is read of them. */
final class Scans {

    /** Which sources of a FROM clause a condition is about, by DuckDB's aliases; null for all. */
    record Sides(@Nullable Set<String> aliases) {

        static final Sides ALL = new Sides(null);

        boolean has(String column) {
            return aliases == null || aliases.contains(column.substring(0, Math.max(0, column.indexOf('.'))));
        }
    }

    private final Translation translation;
    private final List<OpenScan> open = new ArrayList<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<String, Integer> references = new HashMap<>();

    Scans(Translation translation) {
        this.translation = translation;
    }

    void add(TableName table, Relation relation, String alias) {
        open.add(new OpenScan(table, relation, alias));
        relation.columns().forEach(column -> own(alias, column));
        relation.hidden().forEach(column -> own(alias, column));
    }

    private void own(String alias, Column column) {
        String name = column.qualified(alias);
        origins.put(name, Origin.of(name));
    }

    /** A column that passes on others. */
    void pass(String column, Origin origin) {
        origins.put(column, origin);
    }

    /** @param column DuckDB's name, or any other expression */
    Origin origin(String column) {
        return origins.getOrDefault(column, Origin.NONE);
    }

    /** Counts how often a common table is read; conditions of several readers do not come together. */
    void refer(String with) {
        references.merge(with, 1, Integer::sum);
    }

    /** How many tables are read so far, common ones as often as they are named. */
    int reads() {
        return open.size()
                + references.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Takes into account that only rows are wanted for which a condition over a scope holds. */
    void filter(Scope scope, Sides sides, @Nullable Expression condition) {
        if (condition == null) {
            return;
        }
        for (OpenScan scan : open) {
            scan.keep(survivors(scan, scope, sides, condition, false), survivors(scan, scope, sides, condition, true));
        }
    }

    /** Of the tables with such aliases of DuckDB's: what is left by alias, with or without the clustering. */
    void keep(Predicate<String> aliases, BiFunction<String, Boolean, Survivors> survivors) {
        open.stream()
                .filter(scan -> aliases.test(scan.alias()))
                .forEach(scan -> scan.keep(survivors.apply(scan.alias(), false), survivors.apply(scan.alias(), true)));
    }

    /** What a condition leaves of the table with this alias. */
    Survivors survivors(String alias, Scope scope, @Nullable Expression condition, boolean clustering) {
        return open.stream()
                .filter(scan -> scan.alias().equals(alias))
                .findFirst()
                .map(scan -> survivors(scan, scope, Sides.ALL, condition, clustering))
                .orElse(Survivors.ALL);
    }

    private Survivors survivors(
            OpenScan scan, Scope scope, Sides sides, @Nullable Expression condition, boolean clustering) {
        if (scan.keys(clustering).isEmpty()) {
            return Survivors.ALL;
        }
        var keys = new KeyReader(name -> key(scan, scope, sides, name, clustering), new Constants(scope));
        return new Pruning(translation, scope, keys).of(condition);
    }

    private Optional<Keyed> key(OpenScan scan, Scope scope, Sides sides, Expression.Name name, boolean clustering) {
        Optional<Typed> value = scope.resolve(name).filter(found -> sides.has(found.sql()));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Origin origin = origin(value.get().sql());
        return scan.keys(clustering).stream()
                .filter(key -> origin.columns().contains(scan.column(key)))
                .findFirst()
                .map(key -> new Keyed(
                        key,
                        value.get().type(),
                        Expression.Name.of(name.at(), List.of(Keyed.PLACE)),
                        scan.looksIntoFunctions(key, value.get().type()),
                        origin.withs()));
    }

    /** @param sql what the whole statement became */
    List<Scan> result(String sql) {
        return open.stream()
                .map(scan -> {
                    Survivors partitions = all(scan.partitions());
                    return new Scan(
                            scan.table(),
                            scan.columns(sql),
                            partitions.sql(),
                            partitions.filtered(),
                            all(scan.blocks()).sql(),
                            translation.parameters());
                })
                .toList();
    }

    private Survivors all(List<Survivors> conditions) {
        return conditions.stream()
                .filter(condition -> condition.withs().stream().allMatch(with -> references.getOrDefault(with, 0) < 2))
                .reduce(Survivors.ALL, Survivors::and);
    }
}
