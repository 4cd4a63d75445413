package dev.sluice.bigquery.catalogue;

import java.util.List;

/** {@code sql/schema} cannot be used; the message lists every problem with its file and line. */
public final class InvalidCatalogue extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidCatalogue(List<String> problems) {
        super("cannot read the table catalogue:\n  " + String.join("\n  ", problems));
    }
}
