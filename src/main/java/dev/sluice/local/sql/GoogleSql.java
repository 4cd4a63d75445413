package dev.sluice.local.sql;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one GoogleSQL statement. */
public final class GoogleSql {

    /** With which GoogleSQL's other statements begin. */
    private static final Set<String> OTHERS = Set.of(
            "ANALYZE",
            "BEGIN",
            "BREAK",
            "CALL",
            "CASE",
            "CLONE",
            "COMMIT",
            "CONTINUE",
            "DECLARE",
            "DEFINE",
            "DESC",
            "DESCRIBE",
            "EXECUTE",
            "EXPLAIN",
            "FOR",
            "FROM",
            "GRANT",
            "GRAPH",
            "IF",
            "IMPORT",
            "ITERATE",
            "LEAVE",
            "LOAD",
            "LOOP",
            "MODULE",
            "RAISE",
            "RENAME",
            "REPEAT",
            "RETURN",
            "REVOKE",
            "ROLLBACK",
            "RUN",
            "SET",
            "SHOW",
            "START",
            "TABLE",
            "UNDROP",
            "WHILE");

    /** What stands before the lower-case name of a script's variable among the parameters. */
    public static final String VARIABLE = "variable ";

    private final Tokens tokens;
    private final Translation translation;

    private GoogleSql(String sql, Relations relations, Map<String, Type> parameterTypes) {
        this.tokens = new Tokens(sql, relations.namespace());
        this.translation = new Translation(relations, parameterTypes);
    }

    /**
     * @param parameterTypes by parameter name, in whatever case; those without a name are called by their number
     * @throws SqlRefused whatever is not understood completely
     */
    public static Statement read(String sql, Relations relations, Map<String, Type> parameterTypes) {
        return new GoogleSql(sql, relations, parameterTypes).statement();
    }

    /**
     * A query for the value of an expression.
     *
     * @param type that it becomes by itself; null for its own
     * @throws SqlRefused if it does not
     */
    public static Statement.Select value(
            String expression, @Nullable Type type, Relations relations, Map<String, Type> parameterTypes) {
        var tokens = new Tokens(expression);
        return new ValueReader(tokens, new Translation(relations, parameterTypes)).value(type);
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
            case "CREATE" -> new CreateReader(tokens, translation, queries).create();
            case "ALTER" -> new AlterReader(tokens, translation, queries).alter();
            case "DROP" -> new AlterReader(tokens, translation, queries).drop();
            case "TRUNCATE" -> new AlterReader(tokens, translation, queries).truncate();
            case "EXPORT" -> new ExportReader(tokens, translation, queries).export();
            case "ASSERT" -> new ValueReader(tokens, translation).assertion();
            default -> throw unknown(tokens.peek());
        };
        tokens.requireEnd();
        if (!(statement instanceof Statement.CreateView)) {
            translation.scans().result(executed(statement)).forEach(translation.relations()::scanned);
        }
        return statement;
    }

    private static SqlRefused unknown(Token first) {
        return first.kind() == Token.Kind.WORD && !OTHERS.contains(first.upper())
                ? SqlRefused.syntax("Unexpected identifier " + Tokens.describe(first), first)
                : SqlRefused.unsupported("statements that begin with " + Tokens.describe(first), first);
    }

    /** DuckDB's SQL of it. */
    private static String executed(Statement statement) {
        if (statement instanceof Statement.Select select) {
            return select.sql();
        }
        if (statement instanceof Statement.Insert insert) {
            return insert.source().sql();
        }
        if (statement instanceof Statement.Export export) {
            return export.source().sql();
        }
        if (statement instanceof Statement.Delete delete) {
            return delete.condition();
        }
        if (statement instanceof Statement.Change change) {
            return change.rows().sql();
        }
        if (statement instanceof Statement.Assertion assertion) {
            return assertion.condition().sql();
        }
        return statement instanceof Statement.CreateTable create && create.source() != null
                ? create.source().sql()
                : "";
    }

    private Statement change(Merge merge) {
        return new MergeTranslator(translation, merge).translate();
    }

    private Statement.Select select(QueryParser queries) {
        Query query = queries.query();
        // all of it is read before any of it is looked up
        tokens.requireEnd();
        return new QueryTranslator(translation).outermost(query).statement(translation);
    }
}
