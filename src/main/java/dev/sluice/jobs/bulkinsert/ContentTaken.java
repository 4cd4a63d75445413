package dev.sluice.jobs.bulkinsert;

import dev.sluice.definition.ExitHint;
import dev.sluice.ledger.Publication;

/**
 * Another instance has published the same content, which is answered like work that is done already; or it has claimed it
 * and not published it yet, which is for people to settle.
 */
final class ContentTaken extends RuntimeException implements ExitHint {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    ContentTaken(String source, Publication taken) {
        super(message(source, taken));
        this.exitCode = taken.published() ? 3 : 7;
    }

    static String message(String source, Publication taken) {
        long run = taken.runId();
        String again = "to append it again on purpose give batch=<label>";
        return taken.published()
                ? "the content of %s belongs to run %d and %s; %s".formatted(source, run, taken.destination(), again)
                : ("the content of %s belongs to run %d, which has not published it in %s yet: let it finish, or 'restart %d';"
                                + " 'abandon %d' gives it up, then start this one again; %s")
                        .formatted(source, run, taken.destination(), run, run, again);
    }

    @Override
    public int exitCode() {
        return exitCode;
    }
}
