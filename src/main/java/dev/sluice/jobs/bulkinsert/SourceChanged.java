package dev.sluice.jobs.bulkinsert;

import dev.sluice.definition.ExitHint;

/** The source is not what the run began with, so what was staged of it is not to be trusted. */
final class SourceChanged extends RuntimeException implements ExitHint {

    private static final long serialVersionUID = 1L;

    SourceChanged(String source) {
        super(("cannot publish %s: it changed while it was loaded, and nothing was published;"
                        + " start it with batch=<label> when nobody writes to it")
                .formatted(source));
    }

    @Override
    public int exitCode() {
        return 7;
    }
}
