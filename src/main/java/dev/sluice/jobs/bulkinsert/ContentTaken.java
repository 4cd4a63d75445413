package dev.sluice.jobs.bulkinsert;

import dev.sluice.definition.ExitHint;

/** Another instance publishes, or has published, the same content; answered like work that is done already. */
final class ContentTaken extends RuntimeException implements ExitHint {

    private static final long serialVersionUID = 1L;

    ContentTaken(String source, String target, long runId) {
        super(message(source, target, runId));
    }

    static String message(String source, String target, long runId) {
        return "the content of %s belongs to run %d and %s; to append it again on purpose give batch=<label>"
                .formatted(source, runId, target);
    }

    @Override
    public int exitCode() {
        return 3;
    }
}
