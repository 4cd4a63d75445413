package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Translates the items of a SELECT list. */
final class SelectListTranslator {

    private final List<Query.Item> items;
    private final Scope scope;
    private final ExpressionTranslator expressions;

    SelectListTranslator(List<Query.Item> items, Scope scope, ExpressionTranslator expressions) {
        this.items = items;
        this.scope = scope;
        this.expressions = expressions;
    }

    /** @param keys DuckDB's SQL for what is grouped by */
    SelectList translate(Set<String> keys) {
        List<SelectList.Item> selected = new ArrayList<>();
        for (Query.Item item : items) {
            if (item instanceof Query.Star star) {
                selected.addAll(star(star, keys));
            } else {
                selected.add(computed((Query.Computed) item));
            }
        }
        return new SelectList(selected);
    }

    private SelectList.Item computed(Query.Computed item) {
        Typed value = expressions.translate(item.expression());
        Token alias = item.alias();
        String name = alias == null ? item.expression().impliedName() : alias.value();
        return new SelectList.Item(item.expression().at(), name, value);
    }

    private List<SelectList.Item> star(Query.Star star, Set<String> keys) {
        Map<String, Typed> replaced = replaced(star);
        List<SelectList.Item> selected = new ArrayList<>();
        for (SelectList.Item item : new Stars(scope, star).items(replaced.keySet(), expressions)) {
            Typed value = item.value();
            Typed known = keys.contains(value.sql()) ? value.spokenFor(false) : value;
            Typed shown = replaced.getOrDefault(Scope.key(item.name()), known);
            selected.add(new SelectList.Item(star.at(), item.name(), shown));
        }
        return selected;
    }

    private Map<String, Typed> replaced(Query.Star star) {
        Map<String, Typed> replaced = new HashMap<>();
        for (Query.Computed item : star.replace()) {
            String name = Objects.requireNonNull(item.alias()).value();
            replaced.put(Scope.key(name), expressions.translate(item.expression()));
        }
        return replaced;
    }
}
