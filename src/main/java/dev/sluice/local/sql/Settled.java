package dev.sluice.local.sql;

/** Arguments that GoogleSQL wants as literals or parameters, so that they are the same for all rows. */
final class Settled {

    private Settled() {}

    /** @param value what the expression was translated to; variables of scripts count as parameters */
    static boolean is(Expression expression, Typed value) {
        return expression instanceof Expression.Cast cast
                ? is(cast.operand(), value)
                : expression instanceof Expression.Constant
                        || expression instanceof Expression.Parameter
                        || expression instanceof Expression.Name && isConstant(value);
    }

    static boolean isNull(Expression expression) {
        return expression instanceof Expression.Cast cast
                ? isNull(cast.operand())
                : expression instanceof Expression.Constant constant
                        && constant.type().equals(Type.NULL);
    }

    static boolean isNegative(Expression expression) {
        return expression instanceof Expression.Cast cast
                ? isNegative(cast.operand())
                : expression instanceof Expression.Constant constant
                        && constant.value().startsWith("-");
    }

    /** Whether it is the same for all rows, whatever it is computed of. */
    static boolean isConstant(Typed value) {
        return value.facts().constant()
                && value.columns().isEmpty()
                && value.isMovable()
                && !ChangingFunctions.areIn(value);
    }

    /**
     * A number from a least one on.
     *
     * @param what how errors call the argument
     */
    static Typed number(Expression said, Typed value, int least, String what) {
        if (!is(said, value)) {
            throw SqlRefused.wrong(what + " must be a literal or query parameter", said.at());
        }
        if (isNull(said)) {
            throw SqlRefused.wrong(what + " must be non-NULL", said.at());
        }
        String tooLow = what + (least == 0 ? " must not be negative" : " must be at least " + least);
        if (isNegative(said)
                || least > 0
                        && said instanceof Expression.Constant zero
                        && zero.value().matches("0+")) {
            throw SqlRefused.wrong(tooLow, said.at());
        }
        Typed number = Coercions.to(Type.INT64, value, said.at());
        return said instanceof Expression.Constant
                ? number
                : number.as(
                        Type.INT64,
                        "CASE WHEN %1$s >= " + least + " THEN %1$s WHEN %1$s IS NULL THEN "
                                + Guards.error(what + " must be non-NULL", Type.INT64) + " ELSE "
                                + Guards.error(tooLow, Type.INT64) + " END");
    }
}
