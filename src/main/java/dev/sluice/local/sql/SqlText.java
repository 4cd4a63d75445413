package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Copies queries and conditions into DuckDB's SQL, word by word. Only words whose meaning is the same in both are let
 * through; tables are replaced by their visible rows, parameters by typed placeholders, literals re-quoted.
 */
final class SqlText {

    private static final Set<String> KEYWORDS = Set.of(
            "SELECT",
            "DISTINCT",
            "FROM",
            "WHERE",
            "GROUP",
            "ORDER",
            "BY",
            "ASC",
            "DESC",
            "LIMIT",
            "OFFSET",
            "HAVING",
            "AND",
            "OR",
            "NOT",
            "IS",
            "NULL",
            "IN",
            "BETWEEN",
            "AS",
            "TRUE",
            "FALSE",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "JOIN",
            "INNER",
            "LEFT",
            "CROSS",
            "ON",
            "UNION",
            "ALL",
            "NULLS",
            "FIRST",
            "LAST");
    private static final Set<String> REFUSED_WORDS = Set.of(
            "WITH",
            "OVER",
            "QUALIFY",
            "UNNEST",
            "PIVOT",
            "UNPIVOT",
            "WINDOW",
            "EXCEPT",
            "INTERSECT",
            "STRUCT",
            "ARRAY",
            "INTERVAL",
            "LIKE",
            "CAST",
            "TABLESAMPLE",
            "RIGHT",
            "FULL",
            "USING",
            "ROLLUP",
            "EXISTS",
            "LATERAL",
            "NATURAL",
            "RECURSIVE",
            "COLLATE",
            "ESCAPE",
            "ANY",
            "SOME",
            "FOR",
            "EXTRACT",
            "DATE",
            "TIMESTAMP",
            "DATETIME",
            "TIME",
            "NUMERIC",
            "JSON",
            "BYTES",
            "B",
            "R");
    private static final Map<String, String> FUNCTIONS = Map.of(
            "COUNT", "count",
            "MIN", "min",
            "MAX", "max",
            "SUM", "sum",
            "COALESCE", "coalesce",
            "IFNULL", "ifnull",
            "ABS", "abs",
            "STARTS_WITH", "starts_with");
    private static final Map<String, String> PARAMETER_TYPES = Map.of(
            "STRING", "VARCHAR",
            "INT64", "BIGINT",
            "FLOAT64", "DOUBLE",
            "BOOL", "BOOLEAN",
            "TIMESTAMP", "TIMESTAMPTZ",
            "DATE", "DATE",
            "DATETIME", "TIMESTAMP");

    private final Tokens tokens;
    private final Relations relations;
    private final Map<String, String> parameterTypes;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> parameters = new ArrayList<>();
    private int depth;

    SqlText(Tokens tokens, Relations relations, Map<String, String> parameterTypes) {
        this.tokens = tokens;
        this.relations = relations;
        this.parameterTypes = parameterTypes;
    }

    void copyAll() {
        while (!tokens.atEnd()) {
            copy(tokens.peek());
        }
        if (depth != 0) {
            throw SqlRefused.syntax("Expected \")\" but got end of statement", tokens.peek());
        }
    }

    String sql() {
        return sql.toString().strip();
    }

    List<String> parameters() {
        return parameters;
    }

    private void copy(Token token) {
        switch (token.kind()) {
            case WORD -> word(token);
            case QUOTED -> identifier(tokens.take());
            case STRING -> add(literal(tokens.take()));
            case NUMBER -> add(tokens.take().text());
            case PARAMETER -> parameter(tokens.take());
            case SYMBOL -> symbol(tokens.take());
            case END -> throw SqlRefused.syntax("Unexpected end of statement", token);
        }
    }

    private void word(Token token) {
        String upper = token.upper();
        if (REFUSED_WORDS.contains(upper)) {
            throw SqlRefused.unsupported(upper, token);
        }
        tokens.take();
        if (tokens.peek().is("(") && !KEYWORDS.contains(upper)) {
            function(token);
        } else if (KEYWORDS.contains(upper)) {
            add(upper);
            if (upper.equals("FROM") || upper.equals("JOIN")) {
                table();
            }
        } else {
            identifier(token);
        }
    }

    private void table() {
        if (tokens.peek().is("(")) {
            if (!tokens.peek(1).is("SELECT")) {
                throw SqlRefused.unsupported("anything but SELECT in parentheses after FROM", tokens.peek(1));
            }
            return;
        }
        Token first = tokens.peek();
        TableName name = tokens.tableName();
        add("(" + relations.visible(name) + ")");
        if (tokens.takeIf("AS")) {
            add("AS");
            add(quoted(tokens.name()));
        } else if (isAlias(tokens.peek())) {
            add("AS " + quoted(tokens.name()));
        } else {
            add("AS " + quoted(name.table()));
        }
        if (tokens.peek().is(",")) {
            throw SqlRefused.unsupported("joins by comma; write JOIN … ON", first);
        }
    }

    private static boolean isAlias(Token token) {
        return token.kind() == Kind.QUOTED
                || token.kind() == Kind.WORD
                        && !KEYWORDS.contains(token.upper())
                        && !REFUSED_WORDS.contains(token.upper());
    }

    private void function(Token token) {
        String name = FUNCTIONS.get(token.upper());
        if (name == null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Function not found: %s at %s; the local BigQuery knows %s"
                            .formatted(token.text(), token.place(), new java.util.TreeSet<>(FUNCTIONS.keySet())));
        }
        add(name);
    }

    private void identifier(Token token) {
        String name = token.kind() == Kind.QUOTED
                ? token.text().substring(1, token.text().length() - 1)
                : token.text();
        if (tokens.peek().is("(")) {
            throw SqlRefused.unsupported("functions by a quoted name", token);
        }
        if (name.toLowerCase(Locale.ROOT).startsWith("_sluice") || name.equalsIgnoreCase("rowid")) {
            throw new SqlRefused("invalidQuery", "Unrecognized name: %s at %s".formatted(name, token.place()));
        }
        add(quoted(name));
    }

    private void parameter(Token token) {
        String name = token.text().substring(1);
        String type = parameterTypes.get(name);
        if (type == null) {
            throw new SqlRefused("invalidQuery", "Query parameter '%s' not found at %s".formatted(name, token.place()));
        }
        String duckDb = PARAMETER_TYPES.get(type);
        if (duckDb == null) {
            throw SqlRefused.unsupported("parameters of type " + type, token);
        }
        parameters.add(name);
        add("CAST(? AS " + duckDb + ")");
    }

    private void symbol(Token token) {
        switch (token.text()) {
            case "/", "[", "]", ";" -> throw SqlRefused.unsupported("\"" + token.text() + "\"", token);
            case "(" -> depth++;
            case ")" -> {
                depth--;
                if (depth < 0) {
                    throw SqlRefused.syntax("Unexpected \")\"", token);
                }
            }
            case "." -> {
                if (tokens.peek(1).is("(")) {
                    throw SqlRefused.unsupported("methods", token);
                }
            }
            default -> {
                // the same in both
            }
        }
        add(token.text());
    }

    private static String literal(Token token) {
        String body = token.text().substring(1, token.text().length() - 1);
        if (body.contains("\\")) {
            throw SqlRefused.unsupported("escapes in string literals; bind a parameter", token);
        }
        return "'" + body.replace("'", "''") + "'";
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private void add(String text) {
        sql.append(text);
        if (!text.equals(".")) {
            sql.append(tokens.peek().is(".") ? "" : " ");
        }
    }
}
