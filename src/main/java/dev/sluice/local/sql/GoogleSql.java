package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one GoogleSQL statement. */
public final class GoogleSql {

    private final Tokens tokens;
    private final Relations relations;
    private final Map<String, String> parameterTypes;

    private GoogleSql(String sql, Relations relations, Map<String, String> parameterTypes) {
        this.tokens = new Tokens(sql);
        this.relations = relations;
        this.parameterTypes = parameterTypes;
    }

    /**
     * @param parameterTypes BigQuery type by parameter name
     * @throws SqlRefused whatever is not understood completely
     */
    public static Statement read(String sql, Relations relations, Map<String, String> parameterTypes) {
        return new GoogleSql(sql, relations, parameterTypes).statement();
    }

    private Statement statement() {
        Statement statement = switch (tokens.peek().upper()) {
            case "SELECT", "(" -> select();
            case "INSERT" -> insert();
            case "DELETE" -> delete();
            case "CREATE" -> new DdlReader(tokens).create();
            case "DROP" -> new DdlReader(tokens).drop();
            default ->
                throw SqlRefused.unsupported(
                        "statements that begin with " + Tokens.describe(tokens.peek()), tokens.peek());
        };
        tokens.requireEnd();
        return statement;
    }

    private Statement.Select select() {
        var expression = new SqlText(tokens, relations, parameterTypes);
        expression.copyAll();
        return new Statement.Select(expression.sql(), expression.parameters());
    }

    private Statement insert() {
        tokens.require("INSERT");
        tokens.takeIf("INTO");
        TableName target = tokens.tableName();
        tokens.require("(");
        List<String> columns = new ArrayList<>();
        do {
            columns.add(tokens.name());
        } while (tokens.takeIf(","));
        tokens.require(")");
        if (!tokens.peek().is("SELECT")) {
            throw SqlRefused.unsupported("INSERT without SELECT", tokens.peek());
        }
        return new Statement.Insert(target, columns, select());
    }

    private Statement delete() {
        tokens.require("DELETE");
        tokens.takeIf("FROM");
        TableName target = tokens.tableName();
        tokens.require("WHERE");
        var condition = new SqlText(tokens, relations, parameterTypes);
        condition.copyAll();
        return new Statement.Delete(target, condition.sql(), condition.parameters());
    }
}
