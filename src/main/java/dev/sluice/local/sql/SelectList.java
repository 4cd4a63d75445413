package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a SELECT list became, with the columns for its stars. */
record SelectList(List<Item> items) {

    /**
     * @param at where it stands
     * @param name null if it has none
     */
    record Item(Token at, @Nullable String name, Typed value) {}

    List<Typed> values() {
        return items.stream().map(Item::value).toList();
    }

    boolean hasAggregates() {
        return items.stream().anyMatch(item -> item.value().aggregate());
    }

    boolean hasWindows() {
        return items.stream().anyMatch(item -> item.value().window());
    }

    /** What names in lower case stand for. */
    Map<String, Typed> aliases() {
        Map<String, Typed> aliases = new HashMap<>();
        for (Item item : items) {
            if (item.name() != null) {
                aliases.merge(
                        item.name().toLowerCase(Locale.ROOT),
                        item.value(),
                        (one, other) -> ExpressionTranslator.AMBIGUOUS);
            }
        }
        return aliases;
    }

    /** What is selected AS STRUCT. */
    Typed struct() {
        List<@Nullable String> names = new ArrayList<>();
        items.forEach(item -> names.add(item.name()));
        return Structs.of(names, values());
    }

    /** @param windows whether a window function sees which rows come out, which no condition further out must choose */
    List<OutputColumn> columns(Scans scans, boolean windows) {
        return items.stream()
                .map(item -> new OutputColumn(
                        item.name(),
                        item.value().type(),
                        windows ? Origin.NONE : scans.origin(item.value().sql())))
                .toList();
    }

    /** Refuses what cannot be selected AS VALUE. */
    void requireOne(Token at) {
        if (items.size() != 1) {
            throw new SqlRefused("invalidQuery", "SELECT AS VALUE query must have exactly one column at " + at.place());
        }
    }

    void requireDistinct() {
        for (Item item : items) {
            if (!item.value().type().isComparable()) {
                throw SqlRefused.unsupported(
                        "SELECT DISTINCT of " + item.value().type(), item.at());
            }
        }
    }
}
