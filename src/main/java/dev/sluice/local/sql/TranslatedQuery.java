package dev.sluice.local.sql;

import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query in DuckDB's SQL.
 *
 * @param outer DuckDB's names of the columns that it reads from queries around it
 * @param value whether its rows are values, in one column, of which those that read it see the fields
 */
record TranslatedQuery(String sql, List<OutputColumn> columns, Set<String> outer, boolean value) {

    TranslatedQuery(String sql, List<OutputColumn> columns, Set<String> outer) {
        this(sql, columns, outer, false);
    }

    /** The same rows of another text. */
    TranslatedQuery written(String other) {
        return new TranslatedQuery(other, columns, outer, value);
    }

    /**
     * What it brings into a scope.
     *
     * @param name what it is called there, null if nothing
     * @param alias what DuckDB calls it
     */
    RangeVariable source(@Nullable String name, String alias, Scans scans, Token at) {
        List<Field> fields = fields(alias, scans);
        return value ? Unnesting.source(name, fields.get(0).typed(at), List.of()) : new RangeVariable(name, fields);
    }

    Statement.Select statement(Translation translation) {
        List<Column> results = new ArrayList<>();
        List<String> names = OutputNames.ofResult(columns);
        for (int i = 0; i < columns.size(); i++) {
            results.add(new Column(names.get(i), columns.get(i).storedType()));
        }
        return new Statement.Select(sql, translation.parameters(), results, repeated());
    }

    private List<String> repeated() {
        Map<String, String> repeated = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (OutputColumn column : columns) {
            String name = column.name();
            if (name != null && !seen.add(Scope.key(name))) {
                repeated.putIfAbsent(Scope.key(name), name);
            }
        }
        return List.copyOf(repeated.values());
    }

    /** Refuses what cannot be a table by its own names. */
    void requireNames(String statement) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            if (name == null) {
                throw new SqlRefused(
                        "invalidQuery",
                        "%s columns must be named, but column %d has no name".formatted(statement, i + 1));
            }
            if (!names.add(Scope.key(name))) {
                throw new SqlRefused(
                        "invalidQuery", "%s has columns with duplicate name %s".formatted(statement, name));
            }
        }
    }

    /** With the names that a result would have. */
    TranslatedQuery named() {
        return renamed(OutputNames.ofResult(columns));
    }

    /** @throws SqlRefused if it has more or fewer columns */
    TranslatedQuery named(List<String> names, Token at) {
        if (names.size() != columns.size()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "The number of columns of a view must be that of its query: %d names, %d columns at %s"
                            .formatted(names.size(), columns.size(), at.place()));
        }
        return renamed(names);
    }

    private TranslatedQuery renamed(List<String> names) {
        List<OutputColumn> named = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            named.add(new OutputColumn(names.get(i), column.type(), column.origin(), column.literal()));
        }
        return new TranslatedQuery(sql, named, outer, value);
    }

    /** As some of its rows, whose choice no condition further out must change. */
    TranslatedQuery cut() {
        List<OutputColumn> cut = columns.stream()
                .map(column -> new OutputColumn(column.name(), column.type()))
                .toList();
        return new TranslatedQuery(sql, cut, outer, value);
    }

    List<Field> fields(String alias) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            fields.add(new Field(column.name(), place(alias, i), column.storedType()));
        }
        return fields;
    }

    /** The same, and the scans learn what each field passes on. */
    List<Field> fields(String alias, Scans scans) {
        List<Field> fields = fields(alias);
        for (int i = 0; i < fields.size(); i++) {
            scans.pass(fields.get(i).sql(), columns.get(i).origin());
        }
        return fields;
    }

    private static String place(String alias, int index) {
        return alias + ".c" + (index + 1);
    }

    /** The columns, where NULL and literals still become whatever is wanted. */
    List<Typed> values(String alias) {
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            Typed literal = column.literal();
            values.add(literal == null ? Typed.column(column.type(), place(alias, i)) : literal);
        }
        return values;
    }
}
