package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the parts of one statement share. */
final class Translation {

    private static final int MAX_EXPRESSIONS = 100_000;

    private final Relations relations;
    private final Map<String, String> parameterTypes;
    private final List<String> parameters = new ArrayList<>();
    private int aliases;
    private int expressions;

    Translation(Relations relations, Map<String, String> parameterTypes) {
        this.relations = relations;
        this.parameterTypes = parameterTypes;
    }

    /** Counts an expression, since what is nested in grouped queries is translated twice at each level. */
    void count() {
        expressions++;
        if (expressions > MAX_EXPRESSIONS) {
            throw new SqlRefused("invalidQuery", "The query is too complex for the local BigQuery");
        }
    }

    Relation relation(TableName name) {
        return relations.find(name);
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
        String declared = parameterTypes.get(name);
        if (declared == null) {
            throw new SqlRefused("invalidQuery", "Query parameter '%s' not found at %s".formatted(name, at.place()));
        }
        Type type =
                Type.named(declared).orElseThrow(() -> SqlRefused.unsupported("parameters of type " + declared, at));
        if (!parameters.contains(name)) {
            parameters.add(name);
        }
        String placeholder = "CAST($%d AS VARCHAR)".formatted(parameters.indexOf(name) + 1);
        return Casts.cast(Typed.constant(Type.STRING, placeholder), type, false, at);
    }
}
