package dev.sluice.local.sql;

import dev.sluice.local.sql.Scope.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A query in DuckDB's SQL.
 *
 * @param outer DuckDB's names of the columns that it reads from queries around it
 */
record TranslatedQuery(String sql, List<OutputColumn> columns, Set<String> outer) {

    Statement.Select statement(Translation translation) {
        List<Column> results = new ArrayList<>();
        List<String> names = OutputNames.ofResult(columns);
        for (int i = 0; i < columns.size(); i++) {
            results.add(new Column(names.get(i), columns.get(i).storedType()));
        }
        return new Statement.Select(sql, translation.parameters(), results);
    }

    /** With the names that a result would have. */
    TranslatedQuery named() {
        List<String> names = OutputNames.ofResult(columns);
        List<OutputColumn> named = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            named.add(new OutputColumn(names.get(i), column.type(), column.origin()));
        }
        return new TranslatedQuery(sql, named, outer);
    }

    /** As some of its rows, whose choice no condition further out must change. */
    TranslatedQuery cut() {
        List<OutputColumn> cut = columns.stream()
                .map(column -> new OutputColumn(column.name(), column.type()))
                .toList();
        return new TranslatedQuery(sql, cut, outer);
    }

    List<Field> fields(String alias) {
        List<Field> fields = new ArrayList<>();
        List<Typed> values = values(alias);
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            fields.add(new Field(column.name(), values.get(i).sql(), column.storedType()));
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

    /** The columns, where NULL still becomes whatever is wanted. */
    List<Typed> values(String alias) {
        List<Typed> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(Typed.column(columns.get(i).type(), alias + ".c" + (i + 1)));
        }
        return values;
    }
}
