package dev.sluice.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** What happened within a length of time until now. Not thread-safe. */
final class Recent {

    static final long DAY = 24L * 60 * 60 * 1000;

    private final long millis;
    private final Deque<Long> moments = new ArrayDeque<>();

    Recent(long millis) {
        this.millis = millis;
    }

    int count(long now) {
        while (!moments.isEmpty() && moments.getFirst() <= now - millis) {
            moments.removeFirst();
        }
        return moments.size();
    }

    void add(long now) {
        moments.addLast(now);
    }
}
