package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    /**
     * @param alias null if it has none
     * @param hidden fields that no star selects
     * @param whole what the alias alone stands for, null for a struct of the fields
     */
    record Source(
            @Nullable String alias,
            List<Field> fields,
            List<Field> hidden,
            @Nullable Typed whole) {

        Source(@Nullable String alias, List<Field> fields) {
            this(alias, fields, List.of(), null);
        }

        Typed value(Token at) {
            if (whole != null) {
                return whole;
            }
            List<Typed> values = fields.stream().map(field -> field.typed(at)).toList();
            List<@Nullable String> names = new ArrayList<>();
            fields.forEach(field -> names.add(field.name()));
            return Structs.of(names, values);
        }
    }

    private final @Nullable Scope parent;
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Field> merged = new LinkedHashMap<>();
    private final Set<String> outer = new HashSet<>();

    Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    /** What a query in FROM may name: what is further out, not what stands beside it. */
    @Nullable
    Scope parent() {
        return parent;
    }

    void add(Source source, Token at) {
        if (source.alias() != null && has(source.alias())) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Duplicate table alias %s in the same FROM clause at %s".formatted(source.alias(), at.place()));
        }
        sources.add(source);
    }

    /** A column of USING stands for both of that name. */
    void merge(Field field) {
        merged.put(key(field.name()), field);
    }

    Map<String, Field> merged() {
        return merged;
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

    /** Empty if neither this scope nor one further out knows the first name. */
    Optional<Typed> resolve(Expression.Name name) {
        Token first = name.at();
        if (name.parts().size() > 1 && has(first.value()) && knows(first)) {
            throw SqlRefused.unsupported("a column and a table of one name", first);
        }
        if (knows(first)) {
            return Optional.of(reached(only(fields(null, first.value()), first).typed(first), name, 1));
        }
        Optional<Source> source = sources.stream()
                .filter(each -> first.value().equalsIgnoreCase(each.alias()))
                .findFirst();
        if (source.isPresent()) {
            return Optional.of(ofSource(source.get(), name));
        }
        Optional<Typed> further = parent == null ? Optional.empty() : parent.resolve(name);
        further.ifPresent(found -> outer.addAll(found.columns()));
        return further;
    }

    private Typed ofSource(Source source, Expression.Name name) {
        if (name.parts().size() == 1) {
            return source.value(name.at());
        }
        Token second = name.parts().get(1);
        List<Field> found = fields(source.alias(), second.value());
        if (found.isEmpty() && source.whole() == null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Name %s not found inside %s at %s"
                            .formatted(second.value(), name.at().value(), second.place()));
        }
        return found.isEmpty()
                ? reached(source.value(name.at()), name, 1)
                : reached(only(found, second).typed(second), name, 2);
    }

    private static Typed reached(Typed value, Expression.Name name, int from) {
        Typed reached = value;
        for (Token field : name.parts().subList(from, name.parts().size())) {
            reached = Structs.field(reached, field);
        }
        return reached;
    }

    private static Field only(List<Field> found, Token at) {
        if (found.size() > 1) {
            throw new SqlRefused("invalidQuery", "Column name %s is ambiguous at %s".formatted(at.value(), at.place()));
        }
        return found.get(0);
    }

    private List<Field> fields(@Nullable String alias, String name) {
        Field both = alias == null ? merged.get(key(name)) : null;
        if (both != null) {
            return List.of(both);
        }
        List<Field> found = new ArrayList<>();
        for (Source source : sources) {
            if (alias == null || alias.equalsIgnoreCase(source.alias())) {
                found.addAll(source.fields());
                found.addAll(source.hidden());
            }
        }
        return found.stream()
                .filter(field -> name.equalsIgnoreCase(field.name()))
                .toList();
    }

    static String key(@Nullable String name) {
        return String.valueOf(name).toLowerCase(Locale.ROOT);
    }
}
