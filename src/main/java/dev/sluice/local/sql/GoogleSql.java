package dev.sluice.local.sql;

import java.util.Map;

/** Reads one GoogleSQL statement. */
public final class GoogleSql {

    private final Tokens tokens;
    private final Translation translation;

    private GoogleSql(String sql, Relations relations, Map<String, String> parameterTypes) {
        this.tokens = new Tokens(sql);
        this.translation = new Translation(relations, parameterTypes);
    }

    /**
     * @param parameterTypes BigQuery type by parameter name
     * @throws SqlRefused whatever is not understood completely
     */
    public static Statement read(String sql, Relations relations, Map<String, String> parameterTypes) {
        return new GoogleSql(sql, relations, parameterTypes).statement();
    }

    private Statement statement() {
        var queries = new QueryParser(tokens);
        var merges = new MergeParser(tokens, queries);
        Statement statement = switch (tokens.peek().upper()) {
            case "SELECT", "WITH", "(" -> select(queries);
            case "INSERT" -> new InsertReader(tokens, translation, queries).insert();
            case "DELETE" -> change(merges.delete());
            case "UPDATE" -> change(merges.update());
            case "MERGE" -> change(merges.merge());
            case "CREATE" -> new DdlReader(tokens).create();
            case "DROP" -> new DdlReader(tokens).drop();
            default ->
                throw SqlRefused.unsupported(
                        "statements that begin with " + Tokens.describe(tokens.peek()), tokens.peek());
        };
        tokens.requireEnd();
        return statement;
    }

    private Statement change(Merge merge) {
        return new MergeTranslator(translation, merge).translate();
    }

    private Statement.Select select(QueryParser queries) {
        Query query = queries.query();
        // all of it is read before any of it is looked up
        tokens.requireEnd();
        String sql = new QueryTranslator(translation).outermost(query).sql();
        return new Statement.Select(sql, translation.parameters());
    }
}
