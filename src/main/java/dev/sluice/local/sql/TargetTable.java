package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table that a statement changes. */
final class TargetTable {

    private final TableName name;
    private final Relation relation;
    private final Translation translation;

    TargetTable(Translation translation, TableName name) {
        this.translation = translation;
        this.name = name;
        this.relation = translation.target(name);
    }

    Relation relation() {
        return relation;
    }

    TableName name() {
        return name;
    }

    List<Column> columns() {
        return relation.columns();
    }

    /** All that a new row has. */
    List<Column> written() {
        return Stream.concat(
                        relation.columns().stream(),
                        relation.hidden().stream()
                                .filter(column -> column.name().equals(Relation.ARRIVAL)))
                .toList();
    }

    /** DuckDB's query for its rows, with {@link Statement#ROW} for each. */
    String sql() {
        return relation.sql();
    }

    /** @param alias what the statement calls it, null for its own name */
    RangeVariable source(@Nullable String alias) {
        return new RangeVariable(
                alias == null ? name.table() : alias, TableTranslator.fields(relation, Statement.TARGET));
    }

    Column column(Token at) {
        return written().stream()
                .filter(column -> column.name().equalsIgnoreCase(at.value()))
                .findFirst()
                .orElseThrow(() -> new SqlRefused(
                        "invalidQuery",
                        "Column %s is not present in table %s at %s".formatted(at.value(), name.table(), at.place())));
    }

    /** All columns if none is named. */
    List<Column> named(List<Token> names) {
        List<Column> columns = new ArrayList<>();
        for (Token name : names) {
            Column column = column(name);
            if (columns.contains(column)) {
                throw new SqlRefused("invalidQuery", "Duplicate column %s at %s".formatted(name.value(), name.place()));
            }
            columns.add(column);
        }
        return names.isEmpty() ? columns() : columns;
    }

    /** The others that are not NULL if nothing is written into them. */
    List<Column> omitted(List<Column> named) {
        return columns().stream()
                .filter(column -> column.details().defaultValue() != null && !named.contains(column))
                .toList();
    }

    /** What is written into a column: its default value if the expression asks for it. */
    String value(Column column, Expression expression, ExpressionTranslator expressions) {
        return expression instanceof Expression.Default
                ? defaultValue(column, expression.at())
                : value(column, expressions.wanted(column.type(), expression), expression.at());
    }

    /** What a column is if nothing is written into it. */
    String defaultValue(Column column, Token at) {
        String text = column.details().defaultValue();
        if (text == null) {
            return value(column, Typed.constant(Type.NULL, "NULL"), at);
        }
        var tokens = new Tokens(text);
        Expression expression = new QueryParser(tokens).expressions().expression();
        tokens.requireEnd();
        return translation.inView(() -> value(
                column,
                new ExpressionTranslator(translation, new QueryTranslator(translation), new Scope(null))
                        .wanted(column.type(), expression),
                at));
    }

    static void requireCount(Token at, int columns, int values) {
        if (columns != values) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Inserted row has wrong column count; Has %d, expected %d at %s"
                            .formatted(values, columns, at.place()));
        }
    }

    /** A value that is written into a column. */
    static String value(Column column, Typed value, Token at) {
        return value(column, value, at, "Value has type %s which cannot be inserted into column %s, which has type %s");
    }

    /** @param wording of the refusal of a value's type, with the type and the column's name and type as its arguments */
    static String value(Column column, Typed value, Token at, String wording) {
        requireNoAggregate(value, at);
        String refusal = wording.formatted(value.type(), column.name(), column.type());
        Typed assigned = Coercions.assigned(column.type(), value, at, refusal);
        return StoredValues.of(assigned, column.details()).sql();
    }

    static void requireNoAggregate(Typed value, Token at) {
        if (value.aggregate() || value.window()) {
            throw new SqlRefused("invalidQuery", "Aggregate function not allowed here at " + at.place());
        }
    }

    /** The column as it was. */
    static String unchanged(Column column) {
        return column.qualified(Statement.TARGET);
    }

    static String key(Column column) {
        return column.name().toLowerCase(Locale.ROOT);
    }
}
