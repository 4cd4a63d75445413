package dev.sluice.jobs.bulkinsert;

/** The target's rows do not allow to tell which row a staged one stands for; nothing was published. */
final class KeyConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyConflict(String what, String advice) {
        super("cannot publish: %s; nothing was published: %s, then restart the run".formatted(what, advice));
    }
}
