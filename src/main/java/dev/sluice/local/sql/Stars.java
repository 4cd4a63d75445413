package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The columns that a star stands for. */
final class Stars {

    private final Scope scope;
    private final Query.Star star;

    Stars(Scope scope, Query.Star star) {
        this.scope = scope;
        this.star = star;
    }

    /** @param replaced names that must be among them */
    List<Scope.Field> fields(Set<String> replaced) {
        List<Scope.Field> all = new ArrayList<>();
        if (star.qualifier() == null) {
            all.addAll(scope.merged().values());
        }
        for (RangeVariable source : sources()) {
            for (Scope.Field field : source.fields()) {
                if (star.qualifier() != null || !scope.merged().containsKey(Scope.key(field.name()))) {
                    all.add(field);
                }
            }
        }
        Set<String> excepted = new HashSet<>();
        star.except().forEach(name -> excepted.add(Scope.key(name.value())));
        requirePresent(all, excepted, "EXCEPT");
        requirePresent(all, replaced, "REPLACE");
        return all.stream()
                .filter(field -> field.name() == null || !excepted.contains(Scope.key(field.name())))
                .toList();
    }

    private void requirePresent(List<Scope.Field> all, Set<String> names, String clause) {
        Set<String> missing = new HashSet<>(names);
        all.forEach(field -> missing.remove(Scope.key(field.name())));
        if (!missing.isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Column %s in SELECT * %s list does not exist at %s"
                            .formatted(
                                    missing.iterator().next(), clause, star.at().place()));
        }
    }

    private List<RangeVariable> sources() {
        Token qualifier = star.qualifier();
        List<RangeVariable> found = scope.sources().stream()
                .filter(source -> qualifier == null || qualifier.value().equalsIgnoreCase(source.alias()))
                .toList();
        if (found.isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    qualifier == null
                            ? "SELECT * must have a FROM clause at " + star.at().place()
                            : "Unrecognized name: %s at %s"
                                    .formatted(qualifier.value(), star.at().place()));
        }
        return found;
    }
}
