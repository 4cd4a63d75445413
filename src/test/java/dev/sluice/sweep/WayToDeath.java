package dev.sluice.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** Places that a life passes, one after another, until it dies at the last. For one life; thread-safe. */
final class WayToDeath implements Predicate<String> {

    /** Regular expressions of how places begin. */
    private final List<String> ahead;

    private final List<String> all;

    /** @param times how often it gets to such a place */
    WayToDeath(String pattern, int times) {
        this(Collections.nCopies(times, pattern));
    }

    private WayToDeath(List<String> all) {
        this.all = List.copyOf(all);
        this.ahead = new ArrayList<>(all);
    }

    /** A new one that goes on to the next place of that kind. */
    WayToDeath then(String pattern) {
        List<String> longer = new ArrayList<>(all);
        longer.add(pattern);
        return new WayToDeath(longer);
    }

    @Override
    public synchronized boolean test(String place) {
        if (!ahead.isEmpty() && place.matches(ahead.get(0) + ".*")) {
            ahead.remove(0);
            return ahead.isEmpty();
        }
        return false;
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
