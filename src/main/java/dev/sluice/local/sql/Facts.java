package dev.sluice.local.sql;

import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is known of a value before any row is read. Whatever is not known to be otherwise may fail.
 *
 * @param constant whether it is the same for all rows
 * @param fallible whether computing it may be an error
 * @param blank whether it may be NULL for all rows whatever they hold, so that DuckDB forgets what stands beside it
 */
record Facts(boolean constant, boolean fallible, boolean blank) {

    static final Facts LITERAL = new Facts(true, false, false);
    static final Facts NULL = new Facts(true, false, true);
    static final Facts COLUMN = new Facts(false, false, false);

    /** Of a function that has a value for all operands, and NULL for NULL only. */
    static Facts total(Typed... operands) {
        return new Facts(
                Stream.of(operands).allMatch(each -> each.facts().constant()),
                any(Facts::fallible, operands),
                any(Facts::blank, operands));
    }

    /** Of what chooses among values that exist, or collects them, or is NULL where none is. */
    static Facts chosen(Typed... operands) {
        Facts all = total(operands);
        return new Facts(all.constant, all.fallible, all.blank || all.constant);
    }

    /** Of a function that nothing is known of. */
    static Facts partial(Typed... operands) {
        Facts chosen = chosen(operands);
        return new Facts(chosen.constant, true, chosen.blank);
    }

    /** With NULL for errors. */
    Facts caught() {
        return new Facts(constant, false, constant || blank);
    }

    /** Of a group. */
    Facts ofGroup() {
        return new Facts(false, fallible, blank);
    }

    private static boolean any(Predicate<Facts> fact, Typed... operands) {
        return Stream.of(operands).map(Typed::facts).anyMatch(fact);
    }
}
