package dev.sluice.sweep;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Counts the moments at which a process can die and, at a chosen one, refuses everything from then on. What refuses
 * cannot tidy up, which is what makes it a crash and not an exception.
 */
public final class DeathSwitch {

    private final long fatal;
    private final Predicate<String> fatalPlace;
    private final AtomicLong moments = new AtomicLong();
    private final List<String> places = new CopyOnWriteArrayList<>();
    private volatile boolean dead;

    /** @param fatal the moment to die at, from 1; 0 lives */
    public DeathSwitch(long fatal) {
        this(fatal, place -> false);
    }

    /** @param fatalPlace where to die, the first time that the process gets there */
    DeathSwitch(Predicate<String> fatalPlace) {
        this(0, fatalPlace);
    }

    private DeathSwitch(long fatal, Predicate<String> fatalPlace) {
        this.fatal = fatal;
        this.fatalPlace = fatalPlace;
    }

    /** The process is gone. Not an exception, so that nobody retries it or translates it. */
    public static final class ProcessDeath extends Error {
        private static final long serialVersionUID = 1L;

        ProcessDeath(long moment) {
            super("the process died at moment " + moment);
        }
    }

    /** @param place what is about to happen, or has just happened */
    void moment(String place) {
        requireAlive();
        places.add(place);
        long now = moments.incrementAndGet();
        if (fatal > 0 && now >= fatal || fatalPlace.test(place)) {
            dead = true;
            throw new ProcessDeath(now);
        }
    }

    void requireAlive() {
        if (dead) {
            throw new ProcessDeath(moments.get());
        }
    }

    public boolean isDead() {
        return dead;
    }

    public long count() {
        return moments.get();
    }

    /** What each moment was, in their order; the first is moment 1. */
    List<String> places() {
        return List.copyOf(places);
    }
}
