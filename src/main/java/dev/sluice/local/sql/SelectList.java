package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a SELECT list became, with the columns for its stars. */
record SelectList(List<Item> items) {

    /**
     * @param at where it stands
     * @param name null if it has none
     */
    record Item(Token at, @Nullable String name, Typed value) {}

    static SelectList of(Token at, Typed only) {
        return new SelectList(List.of(new Item(at, null, only)));
    }

    List<Typed> values() {
        return items.stream().map(Item::value).toList();
    }

    /** With what was selected before where that is what is grouped by. */
    SelectList withKeys(SelectList before, Set<String> keys) {
        List<Item> grouped = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = before.items.get(i);
            boolean key = keys.contains(item.value().sql());
            grouped.add(key ? new Item(item.at(), item.name(), item.value().spokenFor(false)) : items.get(i));
        }
        return new SelectList(grouped);
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
                aliases.merge(item.name().toLowerCase(Locale.ROOT), item.value(), (one, other) -> Scope.AMBIGUOUS);
            }
        }
        return aliases;
    }

    /** What is selected AS STRUCT. */
    SelectList struct(Token at) {
        List<@Nullable String> names = new ArrayList<>();
        items.forEach(item -> names.add(item.name()));
        return of(at, Structs.of(names, values()));
    }

    /** The fields of the only one, or the one if it has none. */
    SelectList fields() {
        Item only = items.get(0);
        List<Item> fields = new ArrayList<>();
        List<Type.Part> parts =
                only.value().type().isStruct() ? only.value().type().parts() : List.of();
        for (int i = 0; i < parts.size(); i++) {
            fields.add(new Item(only.at(), parts.get(i).name(), Structs.at(only.value(), i)));
        }
        return fields.isEmpty() ? of(only.at(), only.value()) : new SelectList(fields);
    }

    /** @param windows whether a window function sees which rows come out, which no condition further out must choose */
    List<OutputColumn> columns(Scans scans, boolean windows) {
        return items.stream()
                .map(item -> new OutputColumn(
                        item.name(),
                        item.value().type(),
                        windows ? Origin.NONE : scans.origin(item.value().sql()),
                        literal(item.value())))
                .toList();
    }

    private static @Nullable Typed literal(Typed value) {
        return value.text() != null || value.isLiteral() ? value : null;
    }

    /** Refuses what cannot be selected AS VALUE. */
    void requireOne(Token at) {
        if (items.size() != 1) {
            throw new SqlRefused("invalidQuery", "SELECT AS VALUE query must have exactly one column at " + at.place());
        }
    }

    void requireDistinct() {
        for (Item item : items) {
            if (!item.value().type().isGroupable()) {
                throw SqlRefused.unsupported(
                        "SELECT DISTINCT of " + item.value().type(), item.at());
            }
        }
    }
}
