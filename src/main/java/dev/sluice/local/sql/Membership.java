package dev.sluice.local.sql;

/** Whether one of an array's elements is alike. */
final class Membership {

    private static final String EACH = "_sluice_pattern";

    private Membership() {}

    /** NULL if it is not found among values of which one is NULL. */
    static Typed in(Token at, Typed operand, Typed array) {
        Type element = array.type().element();
        Type common = element.equals(Type.NULL) ? operand.type() : element;
        if (common.isStruct() && common.hasEquality()) {
            Typed each = Typed.given(element, EACH);
            Typed same = Comparisons.compare(at.symbol("="), Typed.given(operand.type(), "%1$s"), each);
            return one(same.sql(), operand, array);
        }
        if (!common.isComparable()) {
            throw SqlRefused.unsupported("%s IN UNNEST of %s".formatted(operand.type(), array.type()), at);
        }
        return Typed.of(
                Type.BOOL,
                "CASE WHEN %2$s IS NULL OR len(%2$s) = 0 THEN FALSE WHEN %1$s IS NULL THEN NULL"
                        + " WHEN " + (common.equals(Type.FLOAT64) ? "NOT isnan(%1$s) AND " : "")
                        + "list_contains(%2$s, %1$s) THEN TRUE WHEN list_count(%2$s) < len(%2$s) THEN NULL"
                        + " ELSE FALSE END",
                Coercions.to(common, operand, at),
                Coercions.to(Type.array(common), array, at));
    }

    /** NULL if patterns that are NULL leave it open. */
    static Typed like(Expression.LikeArray like, Typed operand, Typed patterns) {
        Typed pattern = Typed.given(patterns.type().element(), EACH);
        String test = Comparisons.like(like.at(), Typed.given(operand.type(), "%1$s"), pattern)
                .sql();
        return like.all() ? all(test, operand, patterns) : one(test, operand, patterns);
    }

    private static Typed one(String test, Typed operand, Typed array) {
        return decided("list_bool_or(" + tests(test) + ") THEN TRUE", "FALSE", test, operand, array);
    }

    private static Typed all(String test, Typed operand, Typed array) {
        return decided("NOT list_bool_and(" + tests(test) + ") THEN FALSE", "TRUE", test, operand, array);
    }

    private static Typed decided(String decided, String otherwise, String test, Typed operand, Typed array) {
        return Typed.of(
                Type.BOOL,
                "CASE WHEN %2$s IS NULL OR len(%2$s) = 0 THEN " + otherwise + " WHEN " + decided + " WHEN list_count("
                        + tests(test) + ") < len(%2$s) THEN NULL ELSE " + otherwise + " END",
                operand,
                array);
    }

    private static String tests(String test) {
        return "list_transform(%2$s, lambda " + EACH + ": " + test + ")";
    }
}
