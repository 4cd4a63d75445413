package dev.sluice.local;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A file of {@code sql/} whose placeholders are filled in for one table, whatever job it belongs to. */
record SqlTemplate(String text) {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(\\w+)(?:: ((?:[^;{}]|\\{[\\d,]+})+); (AND|OR|,|))?}");
    private static final Pattern PARAMETER = Pattern.compile("(?<![@\\w])@(\\w+)");
    private static final Map<String, String> JOINTS = Map.of("AND", " AND ", "OR", " OR ", ",", ", ", "", "\n");
    private static final Map<String, String> OF_NONE = Map.of("AND", "TRUE", "OR", "FALSE", "", "");
    private static final Map<String, String> PARAMETERS = Map.of(
            "after", "INT64",
            "repeated", "STRING",
            "beyond", "STRING",
            "ignoring", "BOOL",
            "header", "BOOL",
            "nullMarker", "STRING",
            "mostBytes", "INT64",
            "tooLong", "STRING",
            "names", "ARRAY<STRING>");

    /** What a table's columns are, by name. */
    record Columns(Map<String, String> types, Set<String> required) {

        /** Those that a list of this name has. */
        List<String> of(String list) {
            return types.keySet().stream()
                    .filter(column -> belongs(column, list))
                    .toList();
        }

        private boolean belongs(String column, String list) {
            String type = String.valueOf(types.get(column));
            return switch (list) {
                case "columns", "all", "fields", "positions", "written", "given", "single" -> true;
                case "key", "self" -> column.equals(types.keySet().iterator().next());
                case "tenant" -> column.equals("org_slug");
                case "scope" -> column.equals("provider") || column.equals("is_custom") || column.equals("action");
                case "last" -> column.equals(of("all").get(types.size() - 1));
                case "required" -> required.contains(column);
                case "typed", "strings" -> type.equals("STRING");
                case "parsed" -> !type.equals("STRING");
                case "compared", "scalars" -> !type.equals("JSON");
                case "documents", "jsons" -> type.equals("JSON");
                case "numbers" -> Set.of("INT64", "FLOAT64", "NUMERIC").contains(type);
                case "bools" -> type.equals("BOOL");
                case "moments" ->
                    Set.of("DATE", "TIME", "DATETIME", "TIMESTAMP").contains(type);
                case "filled",
                        "length",
                        "scale",
                        "texts",
                        "decimals",
                        "integers",
                        "widest",
                        "beyond",
                        "bignumeric",
                        "nested",
                        "arrays",
                        "requiredRecords" -> false;
                case "int64", "float64", "numeric", "bool", "date", "time", "datetime", "timestamp", "bytes", "json" ->
                    type.equalsIgnoreCase(list);
                default -> throw new AssertionError("say here which columns ${%s: …} stands for".formatted(list));
            };
        }
    }

    /** @param tables what stands for a placeholder without a list */
    String filledIn(Map<String, String> tables, Columns columns) {
        return PLACEHOLDER.matcher(text.replaceAll("(?m)^\\s*--.*\\R?", "")).replaceAll(match -> {
            String table = tables.get(match.group(1));
            return Matcher.quoteReplacement(
                    table != null && match.group(2) == null ? table : list(match, columns.of(match.group(1))));
        });
    }

    private static String list(MatchResult placeholder, List<String> names) {
        boolean plain = placeholder.group(2) == null;
        String form = plain ? "`$column`" : placeholder.group(2);
        String joint = plain ? "," : placeholder.group(3);
        return names.isEmpty()
                ? String.valueOf(OF_NONE.get(joint))
                : names.stream()
                        .map(name -> form.replace("$column", name))
                        .collect(Collectors.joining(String.valueOf(JOINTS.get(joint))));
    }

    /** Names in a statement that is filled in. */
    static Set<String> parameters(String sql) {
        return PARAMETER
                .matcher(sql)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A parameter that is named after a column has its type. */
    static String type(String parameter, Columns columns) {
        String known = PARAMETERS.get(parameter);
        String column = parameter.replaceFirst("^[a-z]+_", "");
        if (known == null && !columns.types().containsKey(column)) {
            throw new AssertionError("say here of which type @%s is".formatted(parameter));
        }
        return known == null ? String.valueOf(columns.types().get(column)) : known;
    }
}
