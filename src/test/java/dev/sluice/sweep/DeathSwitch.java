package dev.sluice.sweep;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the moments at which a process can die and, at a chosen one, refuses everything from then on. What refuses
 * cannot tidy up, which is what makes it a crash and not an exception.
 */
final class DeathSwitch {

    private final long fatal;
    private final AtomicLong moments = new AtomicLong();

    /** @param fatal the moment to die at, from 1; 0 lives */
    DeathSwitch(long fatal) {
        this.fatal = fatal;
    }

    /** The process is gone. Not an exception, so that nobody retries it or translates it. */
    static final class ProcessDeath extends Error {
        private static final long serialVersionUID = 1L;

        ProcessDeath(long moment) {
            super("the process died at moment " + moment);
        }
    }

    void moment() {
        long now = moments.incrementAndGet();
        if (fatal > 0 && now >= fatal) {
            throw new ProcessDeath(fatal);
        }
    }

    void requireAlive() {
        if (isDead()) {
            throw new ProcessDeath(fatal);
        }
    }

    boolean isDead() {
        return fatal > 0 && moments.get() >= fatal;
    }

    long count() {
        return moments.get();
    }
}
