package dev.sluice.local.sql;

/** Writes queries that are values. */
final class Subqueries {

    private final QueryTranslator queries;
    private final Scope scope;

    Subqueries(QueryTranslator queries, Scope scope) {
        this.queries = queries;
        this.scope = scope;
    }

    static boolean isOne(Expression expression) {
        return expression instanceof Expression.Scalar
                || expression instanceof Expression.Exists
                || expression instanceof Expression.ArrayQuery
                || expression instanceof Expression.InQuery;
    }

    Typed exists(Expression.Exists exists) {
        return value(queries.nested(exists.query(), scope), Type.BOOL, "EXISTS (%s)");
    }

    Typed scalar(Expression.Scalar scalar) {
        TranslatedQuery query = single(scalar.query(), scalar.at());
        return value(query, query.columns().get(0).type(), "(%s)");
    }

    Typed array(Expression.ArrayQuery array) {
        TranslatedQuery query = single(array.query(), array.at());
        Type element = query.columns().get(0).type();
        if (element.isArray()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Cannot use array subquery with column of type %s because nested arrays are not supported at %s"
                            .formatted(element, array.at().place()));
        }
        return value(query, Type.array(OutputColumn.stored(element)), "ARRAY(%s)");
    }

    /** The operand is computed even where there is nothing to look for it in. */
    Typed in(Expression.InQuery in, Typed operand) {
        TranslatedQuery query = single(in.query(), in.at());
        Type type = query.columns().get(0).type();
        if (type.equals(Type.FLOAT64) && operand.type().equals(type) || type.isStruct() && type.hasEquality()) {
            return Membership.in(in.at(), operand, value(query, Type.array(OutputColumn.stored(type)), "ARRAY(%s)"));
        }
        if (type.equals(Type.FLOAT64)
                || !type.equals(operand.type())
                        && !type.equals(Type.NULL)
                        && !operand.type().equals(Type.NULL)
                || !type.isComparable()) {
            throw SqlRefused.unsupported("%s IN (SELECT %s)".formatted(operand.type(), type), in.at());
        }
        Typed sought = scope.branch().operand(operand);
        Typed found = Typed.aggregated(Type.BOOL, "(%s IN (%s))", sought, value(query, type, "%s"));
        return operand.facts().fallible() ? Typed.together(Type.BOOL, "%2$s", sought, found) : found;
    }

    private TranslatedQuery single(Query query, Token at) {
        TranslatedQuery translated = queries.nested(query, scope);
        if (translated.columns().size() != 1) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Scalar subquery cannot have more than one column unless using SELECT AS STRUCT at " + at.place());
        }
        return translated;
    }

    private static Typed value(TranslatedQuery query, Type type, String format) {
        Facts facts = new Facts(false, true, query.outer().isEmpty());
        return new Typed(format.formatted(query.sql()), type, query.outer(), false, false, null, facts);
    }
}
