package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An aggregate of PIVOT, which reads only the rows of one value: the others become NULL, which it leaves out. */
record PivotedAggregate(Call call) {

    private static final Set<String> LEAVE_NULLS_OUT = Set.of(
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "LOGICAL_AND",
            "LOGICAL_OR",
            "STRING_AGG",
            "BIT_AND",
            "BIT_OR",
            "BIT_XOR",
            "APPROX_COUNT_DISTINCT",
            "STDDEV",
            "STDDEV_SAMP",
            "STDDEV_POP",
            "VARIANCE",
            "VAR_SAMP",
            "VAR_POP");

    static PivotedAggregate of(Expression expression) {
        if (!(expression instanceof Call call) || !Aggregates.isOne(call.at()) || call.over() != null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "PIVOT expression must be an aggregate function call at "
                            + expression.at().place());
        }
        boolean nullsOut = call.at().is("ARRAY_AGG")
                && Boolean.TRUE.equals(call.modifiers().ignoreNulls());
        if (!nullsOut
                && !call.at().is("ANY_VALUE")
                && !call.at().is("COUNTIF")
                && !LEAVE_NULLS_OUT.contains(call.at().upper())) {
            throw SqlRefused.unsupported(call.at().upper() + " in PIVOT", call.at());
        }
        return new PivotedAggregate(call);
    }

    List<Expression> arguments() {
        return call.arguments();
    }

    /** The same of the rows whose input is a value. */
    Call where(Expression input, Expression value) {
        Token at = call.at();
        Token distinct = new Token(Token.Kind.WORD, "DISTINCT", "DISTINCT", at.line(), at.column());
        Token not = new Token(Token.Kind.WORD, "NOT", "NOT", at.line(), at.column());
        Expression same = new Expression.Unary(not, new Expression.Binary(distinct, input, value));
        if (call.star()) {
            return renamed("COUNTIF", List.of(same));
        }
        List<Expression> arguments = new ArrayList<>(call.arguments());
        if (at.is("COUNTIF")) {
            Token and = new Token(Token.Kind.WORD, "AND", "AND", at.line(), at.column());
            arguments.set(0, new Expression.Binary(and, same, arguments.get(0)));
        } else {
            arguments.set(0, new Expression.Case(at, null, List.of(new Expression.When(same, arguments.get(0))), null));
        }
        return renamed(at.is("ANY_VALUE") ? "MIN" : at.text(), arguments);
    }

    private Call renamed(String name, List<Expression> arguments) {
        Token at = new Token(
                Token.Kind.WORD, name, name, call.at().line(), call.at().column());
        return new Call(at, false, call.distinct(), false, arguments, call.modifiers(), null);
    }

    /**
     * What a column is called after a value that has no alias.
     *
     * @param prefixed whether the aggregate's alias stands before it
     */
    static String name(Expression value, boolean prefixed) {
        String text = value instanceof Expression.Constant constant ? constant.value() : "";
        Type type = value instanceof Expression.Constant constant ? constant.type() : Type.JSON;
        String first = prefixed ? "" : "_";
        if (type.equals(Type.STRING) || type.equals(Type.NULL)) {
            return type.equals(Type.NULL) ? "NULL" : text;
        }
        if (type.equals(Type.BOOL)) {
            return text.toUpperCase(Locale.ROOT);
        }
        if (type.equals(Type.INT64) && text.matches("-?\\d+")) {
            return text.startsWith("-") ? "minus_" + text.substring(1) : first + text;
        }
        if (type.equals(Type.DATE) && text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return first + text.replace('-', '_');
        }
        throw SqlRefused.unsupported("a value of PIVOT without an alias", value.at());
    }
}
