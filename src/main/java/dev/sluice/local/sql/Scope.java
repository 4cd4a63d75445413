package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

    /** What a name stands for that stands for two things. */
    static final Typed AMBIGUOUS = Typed.constant(Type.NULL, "");

    /** What a variable stands for where it cannot be read. */
    private static final Typed BARRED = Typed.constant(Type.NULL, "NULL /* barred */");

    private final @Nullable Scope parent;
    private final List<RangeVariable> sources = new ArrayList<>();
    /** What a star selects, and what a column may be called without its table. */
    private final List<Field> columns = new ArrayList<>();

    private final Set<String> outer = new HashSet<>();
    private final Set<String> readWithin = new HashSet<>();
    private Map<String, Typed> aliases = Map.of();
    private Map<String, Typed> variables = Map.of();
    private final Branch branch = new Branch(this);
    private boolean fallible;

    Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    /** What a query in FROM may name: what is further out, not what stands beside it. */
    @Nullable
    Scope parent() {
        return parent;
    }

    void add(RangeVariable source, Token at) {
        if (source.alias() != null && has(source.alias())) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Duplicate table alias %s in the same FROM clause at %s".formatted(source.alias(), at.place()));
        }
        sources.add(source);
        columns.addAll(source.fields());
    }

    List<Field> columns() {
        return columns;
    }

    /** Puts what USING makes of the columns from a place on before the others of them. */
    void merge(int from, List<Field> merged) {
        Set<String> names = new HashSet<>();
        merged.forEach(field -> names.add(key(field.name())));
        List<Field> joined = columns.subList(from, columns.size());
        joined.removeIf(field -> field.name() != null && names.contains(key(field.name())));
        joined.addAll(0, merged);
    }

    List<RangeVariable> sources() {
        return sources;
    }

    boolean has(String alias) {
        return sources.stream().anyMatch(source -> alias.equalsIgnoreCase(source.alias()));
    }

    /** Where in an expression over this scope the translation is. */
    Branch branch() {
        return branch;
    }

    /** From now on a source may fail for each row that is before it. */
    void fail() {
        fallible = true;
    }

    /** Whether computing the sources may fail. */
    boolean isFallible() {
        return fallible;
    }

    /** DuckDB's names of the columns that were found further out. */
    Set<String> outer() {
        return outer;
    }

    /** From now on names of the SELECT list, in lower case, mean what they stand for, even where columns have them. */
    void know(Map<String, Typed> selected) {
        aliases = selected;
    }

    Map<String, Typed> variables() {
        return variables;
    }

    void restore(Map<String, Typed> before) {
        variables = before;
    }

    /** Translates an argument of a function of several rows, which reads no variables of WITH around it. */
    <T> T withoutVariables(Supplier<T> translation) {
        Map<String, Typed> all = variables;
        Map<String, Typed> barred = new HashMap<>(all);
        barred.replaceAll((name, value) -> BARRED);
        variables = barred;
        T translated = translation.get();
        variables = all;
        return translated;
    }

    /** From now on a name stands for a value, before all else. */
    void define(Token name, Typed value) {
        Map<String, Typed> more = new HashMap<>(variables);
        more.put(key(name.value()), value);
        variables = more;
    }

    /** DuckDB's SQL of what was selected for a group, and is read by queries within this one. */
    Set<String> readWithin() {
        return readWithin;
    }

    boolean knows(Token name) {
        return !fields(name.value()).isEmpty();
    }

    /** Empty if neither this scope nor one further out knows the first name. */
    Optional<Typed> resolve(Expression.Name name) {
        Token first = name.at();
        Typed variable = variables.get(key(first.value()));
        if (variable != null) {
            requireReadable(variable, first);
            return Optional.of(selected(variable, name));
        }
        Typed selected = aliases.get(key(first.value()));
        boolean whole = name.parts().size() == 1;
        if (selected != null && (whole || !has(first.value()) && !knows(first))) {
            return Optional.of(selected(selected, name));
        }
        if (!whole && has(first.value()) && knows(first)) {
            throw SqlRefused.unsupported("a column and a table of one name", first);
        }
        if (knows(first)) {
            Typed column = only(fields(first.value()), first).typed(first);
            return Optional.of(
                    Structs.path(column, name.parts().subList(1, name.parts().size())));
        }
        Optional<RangeVariable> source = sources.stream()
                .filter(each -> first.value().equalsIgnoreCase(each.alias()))
                .findFirst();
        if (source.isPresent()) {
            return Optional.of(source.get().resolve(name));
        }
        Optional<Typed> further = parent == null ? Optional.empty() : parent.within(name);
        further.ifPresent(found -> outer.addAll(found.columns()));
        return further;
    }

    private static void requireReadable(Typed variable, Token name) {
        if (variable.equals(BARRED)) {
            throw SqlRefused.wrong(
                    "Column '%s' is introduced by WITH. Columns introduced by WITH cannot be used in the arguments to aggregate or analytic functions."
                            .formatted(name.value()),
                    name);
        }
    }

    private static Typed selected(Typed selected, Expression.Name name) {
        if (selected.equals(AMBIGUOUS)) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Name %s is ambiguous at %s"
                            .formatted(name.at().value(), name.at().place()));
        }
        return Structs.path(selected, name.parts().subList(1, name.parts().size()));
    }

    /** For a query within this one. */
    private Optional<Typed> within(Expression.Name name) {
        Optional<Typed> found = resolve(name);
        return found.map(value -> value.columns().isEmpty() ? ofGroup(value) : value);
    }

    private Typed ofGroup(Typed value) {
        readWithin.add(value.sql());
        return Typed.column(value.type(), value.sql());
    }

    static Field only(List<Field> found, Token at) {
        if (found.size() > 1) {
            throw new SqlRefused("invalidQuery", "Column name %s is ambiguous at %s".formatted(at.value(), at.place()));
        }
        return found.get(0);
    }

    private List<Field> fields(String name) {
        return Stream.concat(columns.stream(), sources.stream().flatMap(source -> source.hidden().stream()))
                .filter(field -> name.equalsIgnoreCase(field.name()))
                .toList();
    }

    static String key(@Nullable String name) {
        return String.valueOf(name).toLowerCase(Locale.ROOT);
    }
}
