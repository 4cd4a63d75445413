package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What names mean in one SELECT. */
final class Scope {

    /** @param type null if no expression can be of it */
    record Field(
            @Nullable String name, String sql, @Nullable Type type) {

        Typed typed(Token at) {
            if (type == null) {
                throw SqlRefused.unsupported("columns like " + at.value(), at);
            }
            return Typed.column(type, sql);
        }
    }

    /** @param alias null if it has none */
    record Source(@Nullable String alias, List<Field> fields) {}

    private final @Nullable Scope parent;
    private final List<Source> sources = new ArrayList<>();
    private final Set<String> outer = new HashSet<>();

    Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    void add(Source source, Token at) {
        if (source.alias() != null && has(source.alias())) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Duplicate table alias %s in the same FROM clause at %s".formatted(source.alias(), at.place()));
        }
        sources.add(source);
    }

    List<Source> sources() {
        return sources;
    }

    boolean has(String alias) {
        return sources.stream().anyMatch(source -> alias.equalsIgnoreCase(source.alias()));
    }

    /** DuckDB's names of the columns that were found further out. */
    Set<String> outer() {
        return outer;
    }

    boolean knows(Token name) {
        return !fields(null, name.value()).isEmpty();
    }

    Typed resolve(Expression.Name name) {
        Token first = name.at();
        if (name.parts().size() > 2) {
            throw SqlRefused.unsupported("paths of more than two names", first);
        }
        boolean qualified = name.parts().size() == 2;
        if (qualified && has(first.value()) && knows(first)) {
            throw SqlRefused.unsupported("a column and a table of one name", first);
        }
        List<Field> found = fields(qualified ? first.value() : null, name.last().value());
        if (found.size() > 1) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Column name %s is ambiguous at %s".formatted(name.last().value(), first.place()));
        }
        return found.isEmpty() ? further(name, qualified) : found.get(0).typed(name.last());
    }

    private Typed further(Expression.Name name, boolean qualified) {
        Token first = name.at();
        if (qualified && has(first.value())) {
            Token last = name.last();
            throw new SqlRefused(
                    "invalidQuery",
                    "Name %s not found inside %s at %s".formatted(last.value(), first.value(), last.place()));
        }
        if (!qualified && has(first.value()) || qualified && knows(first)) {
            throw SqlRefused.unsupported("rows or structs as values", first);
        }
        if (parent == null) {
            throw new SqlRefused("invalidQuery", "Unrecognized name: %s at %s".formatted(first.value(), first.place()));
        }
        Typed found = parent.resolve(name);
        outer.addAll(found.columns());
        return found;
    }

    private List<Field> fields(@Nullable String alias, String name) {
        return sources.stream()
                .filter(source -> alias == null || alias.equalsIgnoreCase(source.alias()))
                .flatMap(source -> source.fields().stream())
                .filter(field -> name.equalsIgnoreCase(field.name()))
                .toList();
    }
}
