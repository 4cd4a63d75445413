package dev.sluice.local.sql;

import dev.sluice.local.sql.Statement.Creation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads CREATE. */
final class CreateReader {

    private final Tokens tokens;
    private final Translation translation;
    private final QueryParser parser;
    private final OptionsReader options;
    private final ColumnReader definitions;

    CreateReader(Tokens tokens, Translation translation, QueryParser parser) {
        this.tokens = tokens;
        this.translation = translation;
        this.parser = parser;
        this.options = new OptionsReader(tokens, translation, parser);
        this.definitions = new ColumnReader(tokens, options, translation);
    }

    Statement create() {
        tokens.require("CREATE");
        boolean orReplace = tokens.takeIf("OR", "REPLACE");
        if (tokens.takeIf("SCHEMA")) {
            return new SchemaReader(tokens, options).create();
        }
        if (tokens.takeIf("ROW", "ACCESS", "POLICY")) {
            return new PolicyReader(tokens, parser).create(orReplace);
        }
        boolean materialized = tokens.takeIf("MATERIALIZED");
        if (tokens.takeIf("VIEW")) {
            return view(creation(orReplace), materialized);
        }
        if (tokens.takeIf("TEMP", "TABLE") || tokens.takeIf("TEMPORARY", "TABLE")) {
            Creation creation = creation(orReplace);
            return table(tokens.temporaryName(), creation);
        }
        boolean snapshot = tokens.takeIf("SNAPSHOT");
        if (isFunction() || !tokens.takeIf("TABLE")) {
            throw unsupported(tokens.peek());
        }
        Creation creation = creation(orReplace);
        TableName table = tokens.tableName();
        for (Statement.Copy kind : Statement.Copy.values()) {
            if (tokens.takeIf(kind.name())) {
                return copy(table, creation, snapshot ? Statement.Copy.SNAPSHOT : kind);
            }
        }
        return table(table, creation);
    }

    /** A temporary one, or one that answers with a table; a table may be called like this. */
    private boolean isFunction() {
        return tokens.peek(1).is("FUNCTION") && tokens.peek(2).isName();
    }

    /** Of a kind of one word, or of two, such as TEMP FUNCTION. */
    private SqlRefused unsupported(Token kind) {
        String second = isFunction() ? " FUNCTION" : "";
        return SqlRefused.unsupported("CREATE " + kind.upper() + second, kind);
    }

    private Creation creation(boolean orReplace) {
        boolean ifNotExists = tokens.takeIf("IF", "NOT", "EXISTS");
        return orReplace ? Creation.OR_REPLACE : ifNotExists ? Creation.IF_NOT_EXISTS : Creation.NEW;
    }

    private Statement copy(TableName table, Creation creation, Statement.Copy kind) {
        TableName source = tokens.tableName();
        Statement.@Nullable Select moment = null;
        if (tokens.takeIf("FOR", "SYSTEM_TIME", "AS", "OF")) {
            moment = moment(parser.expressions().expression());
        }
        Statement.Options given = options.options();
        Token at = tokens.peek();
        if (at.is("AS") || at.is("PARTITION") || at.is("CLUSTER")) {
            throw SqlRefused.unsupported("CREATE TABLE … %s … %s".formatted(kind, at.upper()), at);
        }
        return new Statement.CopyTable(table, creation, kind, source, moment, given);
    }

    private Statement.Select moment(Expression expression) {
        Typed moment = new ExpressionTranslator(translation, new QueryTranslator(translation), new Scope(null))
                .to(Type.TIMESTAMP, expression);
        return new Statement.Select(
                "SELECT CAST(epoch_us(%s) AS VARCHAR)".formatted(moment.sql()), translation.parameters(), List.of());
    }

    private Statement view(Creation creation, boolean materialized) {
        TableName table = tokens.tableName();
        List<Column> named = tokens.takeIf("(") ? tokens.closedList(this::viewColumn) : List.of();
        Layout layout = new LayoutReader(tokens).layout();
        if (!layout.equals(Layout.NONE)) {
            throw SqlRefused.unsupported("a view with a layout", tokens.peek());
        }
        Statement.Options given = options.options();
        tokens.require("AS");
        String text = tokens.rest();
        Statement.Select query = query(named.isEmpty() ? "VIEW" : "");
        if (!query.parameters().isEmpty()) {
            throw new SqlRefused("invalidQuery", "Query parameters cannot be used inside SQL view bodies");
        }
        List<Column> columns = named.isEmpty() ? query.columns() : typed(named, query);
        return new Statement.CreateView(table, creation, materialized, text, !named.isEmpty(), columns, given);
    }

    private Column viewColumn() {
        String name = tokens.name();
        return new Column(name, Type.NULL, false, options.description());
    }

    private List<Column> typed(List<Column> named, Statement.Select query) {
        if (named.size() != query.columns().size()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "The number of columns of a view must be that of its query: %d names, %d columns"
                            .formatted(named.size(), query.columns().size()));
        }
        List<Column> typed = new ArrayList<>();
        for (Column column : named) {
            Type type = query.columns().get(typed.size()).type();
            typed.add(new Column(column.name(), type, column.details()));
        }
        return typed;
    }

    /** @param named what takes the names of its columns from it; empty if they are said */
    private Statement.Select query(String named) {
        Query query = parser.query();
        tokens.requireEnd();
        TranslatedQuery translated = new QueryTranslator(translation).outermost(query);
        if (!named.isEmpty()) {
            translated.requireNames("CREATE " + named);
        }
        return translated.statement(translation);
    }

    private Statement table(TableName table, Creation creation) {
        List<Column> columns = tokens.peek().is("(") ? definitions.columns() : List.of();
        if (tokens.peek().is("DEFAULT")) {
            throw SqlRefused.unsupported("DEFAULT COLLATE", tokens.peek());
        }
        Layout layout = new LayoutReader(tokens).layout();
        Statement.Options given = options.options();
        if (!tokens.takeIf("AS")) {
            if (columns.isEmpty()) {
                throw SqlRefused.syntax("Expected columns, LIKE, COPY, CLONE or AS", tokens.peek());
            }
            return new Statement.CreateTable(
                    table, creation, columns, LayoutReader.checked(layout, columns), given, null);
        }
        Statement.Select source = query(columns.isEmpty() ? "TABLE" : "");
        if (columns.isEmpty()) {
            return new Statement.CreateTable(
                    table, creation, source.columns(), LayoutReader.checked(layout, source.columns()), given, source);
        }
        Layout checked = LayoutReader.checked(layout, columns);
        return new Statement.CreateTable(table, creation, columns, checked, given, coerced(source, columns));
    }

    private Statement.Select coerced(Statement.Select source, List<Column> columns) {
        Token at = tokens.peek();
        TargetTable.requireCount(at, columns.size(), source.columns().size());
        String alias = translation.alias();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column from = source.columns().get(i);
            Typed value = Typed.column(from.type(), from.qualified(alias));
            values.add(TargetTable.value(columns.get(i), value, at));
        }
        String sql = "SELECT %s FROM (%s) AS %s".formatted(String.join(", ", values), source.sql(), alias);
        return new Statement.Select(sql, source.parameters(), columns);
    }
}
