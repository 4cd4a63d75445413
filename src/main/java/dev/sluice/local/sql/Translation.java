package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the parts of one statement share. */
final class Translation {

    private static final int MAX_VIEWS = 16;
    private static final int MAX_EXPRESSIONS = 100_000;

    private final Relations relations;
    /** By names in lower case. */
    private final Map<String, Type> parameterTypes = new HashMap<>();

    private final List<String> parameters = new ArrayList<>();
    private final Scans scans = new Scans(this);
    private int aliases;
    private int expressions;
    private int views;

    Translation(Relations relations, Map<String, Type> parameterTypes) {
        this.relations = relations;
        parameterTypes.forEach((name, type) -> this.parameterTypes.put(name.toLowerCase(Locale.ROOT), type));
    }

    Relations relations() {
        return relations;
    }

    /** Counts an expression, since what is nested in grouped queries is translated twice at each level. */
    void count() {
        expressions++;
        if (expressions > MAX_EXPRESSIONS) {
            throw SqlRefused.own("The query is too complex for the local BigQuery");
        }
    }

    /** What names mean that have no dataset; in a view they must have one. */
    Namespace namespace() {
        return views > 0 ? Namespace.of("") : relations.namespace();
    }

    Relation relation(TableName name) {
        return relations.find(name);
    }

    /** As it was at a moment. */
    Relation relation(TableName name, Supplier<Typed> moment) {
        return apart(() -> relations.find(name, moment.get().sql(), parameters()));
    }

    /** What APPENDS reads; its moments are evaluated before the statement, too. */
    Relation appended(TableName name, Supplier<Typed> since, Supplier<Typed> until) {
        return apart(() -> {
            String from = since.get().sql();
            return relations.appended(name, from, until.get().sql(), parameters());
        });
    }

    /** Translates what is evaluated apart from the statement, so that its parameters have numbers of their own. */
    <T> T apart(Supplier<T> translation) {
        List<String> before = parameters();
        parameters.clear();
        T translated = translation.get();
        parameters.clear();
        parameters.addAll(before);
        return translated;
    }

    Scans scans() {
        return scans;
    }

    Optional<String> view(TableName name) {
        return relations.view(name);
    }

    /** Translates what a view says, which knows neither parameters nor variables. */
    <T> T inView(Supplier<T> translator) {
        if (views == MAX_VIEWS) {
            throw new SqlRefused("invalidQuery", "Views nest deeper than " + MAX_VIEWS);
        }
        views++;
        T translated = translator.get();
        views--;
        return translated;
    }

    Relation target(TableName name) {
        return relations.target(name);
    }

    /** A name that nothing else has. */
    String alias() {
        aliases++;
        return "_sluice_" + aliases;
    }

    /** Names in the order of their numbers. */
    List<String> parameters() {
        return List.copyOf(parameters);
    }

    Typed parameter(Token at) {
        String name = at.text().substring(1);
        String key = name.toLowerCase(Locale.ROOT);
        Type declared = declared(key);
        if (declared == null && name.startsWith("@")) {
            throw SqlRefused.unsupported("the system variable %s here".formatted(at.text()), at);
        }
        if (declared == null) {
            throw new SqlRefused(
                    "invalidQuery", "Query parameter '%s' not found at %s".formatted(Positions.told(name), at.place()));
        }
        return bound(key, declared, at);
    }

    /** A variable of the script around the statement, which is bound as a parameter is. */
    Typed variable(Expression.Name name) {
        Token at = name.at();
        Type declared = declared(GoogleSql.VARIABLE + Scope.key(at.value()));
        if (declared == null) {
            throw new SqlRefused("invalidQuery", "Unrecognized name: %s at %s".formatted(at.value(), at.place()));
        }
        Typed value = bound(GoogleSql.VARIABLE + Scope.key(at.value()), declared, at);
        return Structs.path(value, name.parts().subList(1, name.parts().size()));
    }

    private @Nullable Type declared(String name) {
        return views > 0 ? null : parameterTypes.get(name);
    }

    private Typed bound(String name, Type type, Token at) {
        if (!parameters.contains(name)) {
            parameters.add(name);
        }
        String placeholder = "CAST($%d AS VARCHAR)".formatted(parameters.indexOf(name) + 1);
        return BoundValues.of(Typed.given(Type.STRING, placeholder), type, at);
    }
}
