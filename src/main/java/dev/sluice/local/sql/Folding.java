package dev.sluice.local.sql;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where DuckDB computes otherwise than row by row. It computes constant conditions (of CASE, AND and OR) while it plans, and
 * fails though no row asks for them; and beside a NULL that is the same for all rows it forgets that another operand fails,
 * where BigQuery computes all operands of a function for each row.
 */
final class Folding {

    /** DuckDB does not know that its condition is the same for all rows. */
    private static final String TRUE = "sluice_true()";

    private static final String ROW_BY_ROW = "CASE WHEN " + TRUE + " THEN %s END";

    private Folding() {}

    /**
     * Whether it is to be kept from DuckDB how a function and its operands belong together.
     *
     * @param format of a function that computes all its operands
     */
    static boolean misleads(String format, Typed... operands) {
        if (format.contains("SELECT ")) {
            return false;
        }
        List<Typed> open =
                Stream.of(operands).filter(operand -> !isLiteral(operand)).toList();
        boolean chooses = format.contains("CASE WHEN");
        return open.stream()
                .filter(operand -> operand.facts().fallible())
                .anyMatch(failing -> isBesideBlank(failing, open)
                        || chooses && (open.size() > 1 || failing.facts().constant()));
    }

    private static boolean isBesideBlank(Typed failing, List<Typed> operands) {
        return operands.stream()
                .anyMatch(other -> !other.equals(failing) && other.facts().blank());
    }

    /** The same condition, but DuckDB computes it for rows only, even if it is the same for all of them. */
    static Typed unfolded(Typed condition) {
        return condition.facts().constant() && condition.facts().fallible()
                ? Typed.chosen(condition.type(), ROW_BY_ROW, condition)
                : condition;
    }

    /** The same condition, for which DuckDB computes all rows, even if none fulfils it. */
    static Typed kept(Typed condition) {
        return condition.facts().constant() || condition.facts().blank()
                ? Typed.chosen(condition.type(), ROW_BY_ROW, condition)
                : condition;
    }

    /** DuckDB's SQL that may be computed while it plans, as in a TRY, which has to be. */
    static String planned(String sql) {
        return sql.replace(TRUE, "true");
    }

    /** The second operand of AND or OR; even if it is the same for all rows, DuckDB does not skip a first one that fails. */
    static Typed after(Typed first, Typed second) {
        return second.facts().constant() && first.facts().fallible()
                ? Typed.chosen(second.type(), ROW_BY_ROW, second)
                : unfolded(second);
    }

    /** Whether it has one value, which is known not to be NULL. */
    static boolean isLiteral(Typed value) {
        return value.facts().equals(Facts.LITERAL);
    }
}
