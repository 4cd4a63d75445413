package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import java.util.List;

/** BETWEEN, which the parser makes two comparisons of. Unlike those of an AND its operands are all computed. */
final class Between {

    private static final String BOTH = "(%s AND %s)";

    private Between() {}

    static boolean is(Binary and) {
        return and.left() instanceof Binary low
                && and.right() instanceof Binary high
                && low.left().equals(high.left());
    }

    /** @param and of two comparisons */
    static Typed of(Binary and, Typed value, Typed low, Typed high) {
        ChangingFunctions.requireNone(value, and.at());
        if (!low.facts().fallible() && !high.facts().fallible()) {
            return Typed.chosen(Type.BOOL, BOTH, above(and, value, low), below(and, value, high));
        }
        List<Typed> alike = Coercions.toCommon(and.at(), List.of(value, low, high));
        return fallible(and, alike.get(0), alike.get(1), alike.get(2));
    }

    /** DuckDB may skip a comparison, but must not skip a bound that fails. */
    private static Typed fallible(Binary and, Typed value, Typed low, Typed high) {
        return low.facts().constant() && high.facts().constant()
                ? Typed.chosen(
                        Type.BOOL,
                        BOTH,
                        Folding.unfolded(above(and, value, beside(high, low))),
                        Folding.unfolded(below(and, value, beside(low, high))))
                : Typed.together(Type.BOOL, BOTH, above(and, value, low), below(and, value, high));
    }

    /** The second of two constants, which fails if the first does; DuckDB still knows it when it reads a table. */
    private static Typed beside(Typed first, Typed second) {
        return Typed.together(second.type(), "%2$s", first, second);
    }

    private static Typed above(Binary and, Typed value, Typed low) {
        return Comparisons.compare(((Binary) and.left()).at(), value, low);
    }

    private static Typed below(Binary and, Typed value, Typed high) {
        return Comparisons.compare(((Binary) and.right()).at(), value, high);
    }
}
