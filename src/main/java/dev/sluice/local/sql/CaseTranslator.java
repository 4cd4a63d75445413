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
        List<Typed> results = new ArrayList<>();
        cases.branches().forEach(branch -> results.add(expressions.translate(branch.result())));
        @Nullable Expression otherwise = cases.otherwise();
        if (otherwise != null) {
            results.add(expressions.translate(otherwise));
        }
        List<Typed> alike = Coercions.toCommon(cases.at(), results);
        List<Typed> operands = new ArrayList<>();
        var format = new StringBuilder("CASE");
        for (int i = 0; i < cases.branches().size(); i++) {
            operands.add(Folding.unfolded(condition(cases.branches().get(i))));
            operands.add(alike.get(i));
            format.append(" WHEN %s THEN %s");
        }
        Type type = alike.get(0).type();
        operands.add(otherwise == null ? Typed.given(type, "NULL") : alike.get(alike.size() - 1));
        return Typed.chosen(type, format + " ELSE %s END", operands.toArray(Typed[]::new));
    }

    private Typed condition(Expression.When branch) {
        @Nullable Expression operand = cases.operand();
        if (operand == null) {
            return expressions.bool(branch.condition());
        }
        Token at = cases.at();
        Token equal = new Token(Token.Kind.SYMBOL, "=", "=", at.line(), at.column());
        Typed value = ChangingFunctions.requireNone(expressions.translate(operand), at);
        return Comparisons.compare(equal, value, expressions.translate(branch.condition()));
    }
}
