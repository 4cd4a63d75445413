package dev.sluice.item;

/** A quoted field that never ends: a fault of the file, since it would swallow every row behind it. */
public final class UnendedQuote extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnendedQuote(String source, long line) {
        super(("cannot read %s: a quote that begins in the row at line %d never ends;"
                        + " double it or remove it there")
                .formatted(source, line));
    }
}
