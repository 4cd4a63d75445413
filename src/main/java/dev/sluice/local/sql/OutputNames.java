package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How the columns of queries are called: c1, c2, … everywhere but in the outermost SELECT. */
final class OutputNames {

    private OutputNames() {}

    /** @param named whether the columns have their own names */
    static List<String> of(List<OutputColumn> columns, boolean named) {
        if (named) {
            return ofResult(columns).stream().map(OutputNames::quoted).toList();
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            names.add("c" + (i + 1));
        }
        return names;
    }

    /** As results call them: f0_, f1_, … without a name; a name that comes again gets a number. */
    static List<String> ofResult(List<OutputColumn> columns) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int anonymous = 0;
        for (OutputColumn column : columns) {
            String name = column.name() == null ? "f" + anonymous++ + "_" : column.name();
            String unique = name;
            for (int again = 1; !seen.add(unique.toLowerCase(Locale.ROOT)); again++) {
                unique = name + "_" + again;
            }
            names.add(unique);
        }
        return names;
    }

    /** A SELECT list. */
    static String list(List<Typed> values, List<String> names) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            texts.add(values.get(i).sql() + " AS " + names.get(i));
        }
        return String.join(", ", texts);
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
