package dev.sluice.item.source;

import java.io.IOException;

/** A file whose bytes cannot be had; the message names it and says what to do. */
public final class BrokenSource extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenSource(String message) {
        super(message);
    }
}
