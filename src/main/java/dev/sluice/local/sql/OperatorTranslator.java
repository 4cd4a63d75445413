package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes operators. */
final class OperatorTranslator {

    private final ExpressionTranslator expressions;
    private final Scans scans;
    private final Arithmetic arithmetic;

    OperatorTranslator(ExpressionTranslator expressions, Scans scans) {
        this.expressions = expressions;
        this.scans = scans;
        this.arithmetic = new Arithmetic(expressions::translate);
    }

    Typed unary(Unary unary) {
        Token operator = unary.at();
        NullLiterals.requireNone(operator, unary.operand());
        if (operator.is("NOT")) {
            return Typed.total(Type.BOOL, "(NOT %s)", expressions.bool(unary.operand()));
        }
        Typed operand = expressions.translate(unary.operand());
        if (operator.is("~")) {
            return BitFunctions.inverted(operator, operand);
        }
        return operator.is("-") ? Arithmetic.negated(operator, operand) : positive(operator, operand);
    }

    private static Typed positive(Token operator, Typed operand) {
        if (!operand.type().isNumber()) {
            throw Coercions.mismatch(operator, operand);
        }
        return operand;
    }

    Typed binary(Binary binary) {
        Token operator = binary.at();
        if (Arithmetic.is(binary)) {
            return arithmetic.guarded(binary);
        }
        if (Between.is(binary)) {
            Binary low = (Binary) binary.left();
            Typed value = expressions.translate(low.left());
            return Between.of(
                    binary,
                    value,
                    expressions.translate(low.right()),
                    expressions.translate(((Binary) binary.right()).right()));
        }
        NullLiterals.requireNone(operator, binary.left(), binary.right());
        if (operator.is("AND") || operator.is("OR")) {
            Typed left = expressions.bool(binary.left());
            Typed right = Folding.after(left, expressions.bool(binary.right()));
            return Typed.chosen(Type.BOOL, "(%s " + operator.upper() + " %s)", Folding.unfolded(left), right);
        }
        if (operator.is("||")) {
            return Concatenation.of(
                    operator, List.of(expressions.translate(binary.left()), expressions.translate(binary.right())));
        }
        Typed left = expressions.translate(binary.left());
        Typed right = expressions.translate(binary.right());
        if (BitFunctions.isOperator(operator)) {
            return BitFunctions.combined(operator, left, right);
        }
        return operator.is("DISTINCT")
                ? Comparisons.distinct(operator, left, right)
                : Comparisons.compare(operator, left, right);
    }

    Typed is(Expression.Is is) {
        boolean any = is.what().equals("NULL");
        Typed operand = any ? expressions.translate(is.operand()) : expressions.bool(is.operand());
        String what = is.what().equals("UNKNOWN") ? "NULL" : is.what();
        return Typed.total(Type.BOOL, "(%s IS " + what + ")", operand);
    }

    Typed like(Expression.Like like) {
        return Comparisons.like(
                like.at(), expressions.translate(like.operand()), expressions.translate(like.pattern()));
    }

    /** All patterns are computed, even behind one that decides. */
    Typed likeListed(Expression.LikeListed like) {
        Typed operand = expressions.translate(like.operand());
        String format = like.all() ? "(%s AND %s)" : "(%s OR %s)";
        boolean fallible = false;
        Typed whole = null;
        for (Expression each : like.patterns()) {
            Typed pattern = expressions.translate(each);
            Typed test = Comparisons.like(like.at(), operand, pattern);
            fallible |= pattern.facts().fallible();
            whole = whole == null ? test : both(format, whole, test, fallible);
        }
        return Objects.requireNonNull(whole);
    }

    private static Typed both(String format, Typed first, Typed second, boolean together) {
        return together
                ? Typed.together(Type.BOOL, format, first, second)
                : Typed.chosen(Type.BOOL, format, first, second);
    }

    Typed in(Expression.In in) {
        Typed operand = ChangingFunctions.requireNone(expressions.translate(in.operand()), in.at());
        List<Typed> values = new ArrayList<>(List.of(operand));
        in.values().forEach(value -> values.add(expressions.translate(value)));
        Type common = Coercions.common(in.at(), values);
        if (common.equals(Type.FLOAT64) || common.isStruct()) {
            return oneOf(operand, values.subList(1, values.size()), in.at());
        }
        List<Typed> alike = Coercions.toCommon(in.at(), values);
        String listed = "(%s IN (%s" + ", %s".repeat(alike.size() - 2) + "))";
        return Typed.together(Type.BOOL, isColumn(operand) ? listed : hidden(listed), alike.toArray(Typed[]::new));
    }

    private boolean isColumn(Typed value) {
        return !scans.origin(value.sql()).columns().isEmpty();
    }

    /**
     * DuckDB, which knows the least and the greatest value of a field of a column, would take rows of which the column is
     * not NULL where all values of the field are in the list, even if the field itself is NULL.
     */
    private static String hidden(String listed) {
        return "(" + listed + " = true)";
    }

    private static Typed oneOf(Typed operand, List<Typed> values, Token at) {
        Token equal = new Token(Token.Kind.SYMBOL, "=", "=", at.line(), at.column());
        Typed any = null;
        for (Typed value : values) {
            Typed same = Comparisons.compare(equal, operand, value);
            any = any == null ? same : Typed.together(Type.BOOL, "(%s OR %s)", any, same);
        }
        return Objects.requireNonNull(any);
    }
}
