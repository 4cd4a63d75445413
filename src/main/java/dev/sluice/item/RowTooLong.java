package dev.sluice.item;

/** A record that never ends within the limit: a fault of the file, since nothing behind it can be trusted. */
public final class RowTooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RowTooLong(String source, long line, int maxBytes) {
        super(("cannot read %s: the row at line %d is longer than %d bytes;"
                        + " check for a missing line end or an unbalanced quote there")
                .formatted(source, line, maxBytes));
    }
}
