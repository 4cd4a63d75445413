package dev.sluice.local.sql;

import java.util.List;

/** Expressions that are the same for all rows, as far as one knows before reading any. */
final class Constants {

    private final Scope scope;

    Constants(Scope scope) {
        this.scope = scope;
    }

    boolean is(Expression expression) {
        if (expression instanceof Expression.Name name) {
            // what is no column is a variable of a script, or a part of a date
            return scope.resolve(name).isEmpty();
        }
        if (expression instanceof Expression.Call call) {
            return call.over() == null
                    && !call.star()
                    && call.modifiers().isNone()
                    && !Aggregates.isOne(call.at())
                    && !ChangingFunctions.isOne(call.at())
                    && are(call.arguments());
        }
        if (expression instanceof Expression.Unary unary) {
            return is(unary.operand());
        }
        if (expression instanceof Expression.Binary binary) {
            return is(binary.left()) && is(binary.right());
        }
        if (expression instanceof Expression.Cast cast) {
            return is(cast.operand());
        }
        if (expression instanceof Expression.Interval interval) {
            return is(interval.amount());
        }
        if (expression instanceof Expression.Array array) {
            return are(array.values());
        }
        return expression instanceof Expression.Constant || expression instanceof Expression.Parameter;
    }

    boolean are(List<Expression> expressions) {
        return expressions.stream().allMatch(this::is);
    }
}
