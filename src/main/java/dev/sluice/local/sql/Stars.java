package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a star stands for. */
final class Stars {

    private final Scope scope;
    private final Query.Star star;

    Stars(Scope scope, Query.Star star) {
        this.scope = scope;
        this.star = star;
    }

    /**
     * @param replaced names that must be among them
     * @param expressions for what is reached into
     */
    List<SelectList.Item> items(Set<String> replaced, ExpressionTranslator expressions) {
        @Nullable List<Scope.Field> columns = columns();
        List<SelectList.Item> all = columns == null ? fields(expressions) : List.of();
        Set<String> excepted = new HashSet<>();
        star.except().forEach(name -> excepted.add(Scope.key(name.value())));
        List<@Nullable String> names = columns == null
                ? all.stream().<@Nullable String>map(SelectList.Item::name).toList()
                : columns.stream().<@Nullable String>map(Scope.Field::name).toList();
        requirePresent(names, excepted, "EXCEPT");
        requirePresent(names, replaced, "REPLACE");
        List<SelectList.Item> items = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i) == null || !excepted.contains(Scope.key(names.get(i)))) {
                items.add(columns == null ? all.get(i) : item(columns.get(i)));
            }
        }
        return items;
    }

    private SelectList.Item item(Scope.Field field) {
        return new SelectList.Item(star.at(), field.name(), field.typed(star.at()));
    }

    private void requirePresent(List<@Nullable String> all, Set<String> names, String clause) {
        Set<String> missing = new HashSet<>(names);
        all.forEach(name -> missing.remove(Scope.key(name)));
        if (!missing.isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Column %s in SELECT * %s list does not exist at %s"
                            .formatted(
                                    missing.iterator().next(), clause, star.at().place()));
        }
    }

    /** Null if it is a value that is reached into. */
    private @Nullable List<Scope.Field> columns() {
        @Nullable Expression base = star.base();
        if (base == null) {
            if (scope.sources().isEmpty()) {
                throw new SqlRefused(
                        "invalidQuery",
                        "SELECT * must have a FROM clause at " + star.at().place());
            }
            return scope.columns();
        }
        return base instanceof Expression.Name name && name.parts().size() == 1
                ? scope.sources().stream()
                        .filter(source -> name.at().value().equalsIgnoreCase(source.alias()))
                        .map(RangeVariable::fields)
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private List<SelectList.Item> fields(ExpressionTranslator expressions) {
        Typed value = expressions.translate(Objects.requireNonNull(star.base()));
        if (!value.type().isStruct()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Dot-star is not supported for type %s at %s"
                            .formatted(value.type(), star.at().place()));
        }
        List<SelectList.Item> fields = new ArrayList<>();
        for (int i = 0; i < value.type().parts().size(); i++) {
            String name = value.type().parts().get(i).name();
            fields.add(new SelectList.Item(star.at(), name, Structs.at(value, i)));
        }
        return fields;
    }
}
