package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a CASE. */
final class CaseTranslator {

    private final ExpressionTranslator expressions;
    private final Expression.Case cases;

    CaseTranslator(ExpressionTranslator expressions, Expression.Case cases) {
        this.expressions = expressions;
        this.cases = cases;
    }

    Typed translate() {
        @Nullable Expression operand = cases.operand();
        @Nullable
        Typed value =
                operand == null ? null : ChangingFunctions.requireNone(expressions.translate(operand), cases.at());
        List<Typed> conditions = new ArrayList<>();
        List<Typed> alike =
                Coercions.toCommon(cases.at(), expressions.branch().within(() -> results(value, conditions)));
        List<Typed> operands = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            operands.add(Folding.unfolded(conditions.get(i)));
            operands.add(alike.get(i));
        }
        Type type = alike.get(0).type();
        operands.add(cases.otherwise() == null ? Typed.given(type, "NULL") : alike.get(alike.size() - 1));
        String format = "CASE" + " WHEN %s THEN %s".repeat(conditions.size()) + " ELSE %s END";
        return Typed.chosen(type, format, operands.toArray(Typed[]::new));
    }

    /** @param conditions gets those of the branches, each of which is for what no branch before it is for */
    private List<Typed> results(@Nullable Typed value, List<Typed> conditions) {
        Branch branch = expressions.branch();
        List<Typed> results = new ArrayList<>();
        for (Expression.When each : cases.branches()) {
            Typed condition = condition(value, each);
            conditions.add(condition);
            results.add(branch.where(condition, () -> expressions.translate(each.result())));
            branch.leave(condition);
        }
        @Nullable Expression otherwise = cases.otherwise();
        if (otherwise != null) {
            results.add(expressions.translate(otherwise));
        }
        return results;
    }

    private Typed condition(@Nullable Typed value, Expression.When branch) {
        if (value == null) {
            return expressions.bool(branch.condition());
        }
        Token at = cases.at();
        Token equal = new Token(Token.Kind.SYMBOL, "=", "=", at.line(), at.column());
        return Comparisons.compare(equal, value, expressions.translate(branch.condition()));
    }
}
