package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads expressions that stand alone, and queries whose values are assigned. */
public final class ValueReader {

    private final Tokens tokens;
    private final Translation translation;
    private final ExpressionTranslator expressions;

    ValueReader(Tokens tokens, Translation translation) {
        this.tokens = tokens;
        this.translation = translation;
        this.expressions = new ExpressionTranslator(translation, new QueryTranslator(translation), new Scope(null));
    }

    Statement.Select value(@Nullable Type type) {
        Token at = tokens.peek();
        Expression expression = new QueryParser(tokens).expressions().expression();
        tokens.requireEnd();
        Typed given = type == null ? expressions.translate(expression) : expressions.wanted(type, expression);
        TargetTable.requireNoAggregate(given, at);
        Type wanted = type == null ? OutputColumn.stored(given.type()) : type;
        String refusal = "Cannot coerce expression to type %s: it has type %s".formatted(wanted, given.type());
        String sql = "SELECT %s AS f0_"
                .formatted(Coercions.assigned(wanted, given, at, refusal).sql());
        translation.scans().result(sql).forEach(translation.relations()::scanned);
        return new Statement.Select(sql, translation.parameters(), List.of(new Column("f0_", wanted)));
    }

    Statement assertion() {
        tokens.require("ASSERT");
        Expression expression = new QueryParser(tokens).expressions().expression();
        Token description = tokens.takeIf("AS") ? tokens.take() : null;
        if (description != null && description.kind() != Token.Kind.STRING) {
            throw SqlRefused.syntax("Expected string literal but got " + Tokens.describe(description), description);
        }
        Typed condition = expressions.bool(expression);
        TargetTable.requireNoAggregate(condition, expression.at());
        return new Statement.Assertion(
                new Statement.Select("SELECT " + condition.sql(), translation.parameters(), List.of()),
                description == null ? null : description.value());
    }

    /** A query whose columns become other types by themselves. */
    public static Statement.Select coerced(Statement.Select select, List<Type> types) {
        Token at = new Token(Token.Kind.WORD, "INTO", "INTO", 1, 1);
        List<String> values = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Column column = select.columns().get(i);
            String name = OutputNames.quoted(column.name());
            String refusal =
                    "Value returned by Dynamic SQL has type %s which is not assignable to a variable of type %s"
                            .formatted(column.type(), types.get(i));
            Typed value = Typed.column(column.type(), name);
            values.add(Coercions.assigned(types.get(i), value, at, refusal).sql() + " AS " + name);
            columns.add(new Column(column.name(), types.get(i)));
        }
        return new Statement.Select(
                "SELECT %s FROM (%s)".formatted(String.join(", ", values), select.sql()), select.parameters(), columns);
    }
}
