package dev.sluice.jobs.bulkinsert;

import dev.sluice.definition.ExitHint;

/** The source is not what the run began with, so what was staged of it is not to be trusted. */
final class SourceChanged extends RuntimeException implements ExitHint {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 16;

    /** @param began SHA-256 of what the run began with */
    SourceChanged(String source, String began, String now) {
        super(("cannot publish %s: it changed while it was loaded, SHA-256 was %s and is %s now; nothing was published;"
                        + " start it with batch=<label> when nobody writes to it")
                .formatted(source, brief(began), brief(now)));
    }

    private SourceChanged(String message) {
        super(message);
    }

    /** Nobody knows of which content the digest would be. */
    static SourceChanged whileItWasRead(String source) {
        return new SourceChanged(
                "cannot read source %s: it changed while it was read; nothing was published. Start again when nobody writes to it"
                        .formatted(source));
    }

    /** Its content is the same again, but nobody knows what was read in between. */
    static SourceChanged andBack(String source) {
        return new SourceChanged(
                "cannot load %s: somebody wrote to it or changed its attributes while it was loaded, though it is now as it was; nothing was published. Restart resumes it, when nobody does so any more"
                        .formatted(source));
    }

    /** Enough of a digest for people to tell two apart. */
    static String brief(String digest) {
        return digest.length() <= SHOWN ? digest : digest.substring(0, SHOWN) + "…";
    }

    @Override
    public int exitCode() {
        return 7;
    }
}
