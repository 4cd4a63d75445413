package dev.sluice.bigquery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests through to BigQuery so that its own ceilings are never met: so many at once, and so many of one API
 * method in any second. Whoever came first goes first, unless his method or his share is used up; work of the tiers
 * BATCH and ONBOARDING has a share and leaves the rest to those who wait in person. Thread-safe.
 */
final class Gate implements GateLoad, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final GateLimits limits;
    private final LongSupplier nanoTime;
    private final long spanNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Map<String, Windows> windows = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int admitted;
    private int backgroundAdmitted;

    Gate(GateLimits limits, LongSupplier nanoTime) {
        this(limits, nanoTime, SECOND);
    }

    /** @param spanNanos the "second" of the limits */
    Gate(GateLimits limits, LongSupplier nanoTime, long spanNanos) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.spanNanos = spanNanos;
    }

    private record Windows(RateWindow all, RateWindow background) {

        long nanosUntilRoom(boolean isBackground, long now) {
            long room = all.nanosUntilRoom(now);
            return isBackground ? Math.max(room, background.nanosUntilRoom(now)) : room;
        }

        void start(boolean isBackground, long now) {
            all.start(now);
            if (isBackground) {
                background.start(now);
            }
        }
    }

    private static final class Waiting {
        private final Lane lane;
        private final Condition turn;
        private boolean isIn;
        /** Set while nobody stands before it in its lane: then it is the one to look at the clock. */
        private boolean isFirst;

        Waiting(Lane lane, Condition turn) {
            this.lane = lane;
            this.turn = turn;
        }
    }

    /** Those who wait for the same. */
    private record Lane(String method, boolean isBackground) {}

    /**
     * Waits until a request may be sent; who was let in must {@link #leave}.
     *
     * @return false if the deadline has passed first
     * @throws BigQueryFailure.Closed if the gate is closed and this is not a cancel
     */
    boolean enter(Purpose purpose, Deadline deadline) throws InterruptedException {
        var waiting = new Waiting(new Lane(purpose.kind().method(), isBackground(deadline)), lock.newCondition());
        lock.lockInterruptibly();
        try {
            queue.addLast(waiting);
            long now = letIn();
            while (!waiting.isIn && !deadline.passed() && isOpenTo(purpose)) {
                waiting.turn.awaitNanos(untilTurn(waiting, deadline, now));
                now = letIn();
            }
        } catch (InterruptedException e) {
            if (!waiting.isIn) {
                throw e;
            }
            // let in just before: what follows notices the interrupt
            Thread.currentThread().interrupt();
        } finally {
            if (!waiting.isIn) {
                queue.remove(waiting);
                letIn();
            }
            lock.unlock();
        }
        if (!isOpenTo(purpose)) {
            leaveIf(waiting.isIn, deadline);
            throw Failures.closed(purpose.name());
        }
        return waiting.isIn;
    }

    private boolean isOpenTo(Purpose purpose) {
        return closed.getCount() > 0 || purpose.kind() == CallKind.CANCEL_JOB;
    }

    private void leaveIf(boolean isIn, Deadline deadline) {
        if (isIn) {
            leave(deadline);
        }
    }

    /** Waits for so long, or until the gate closes. */
    void pause(Duration time) throws InterruptedException {
        if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            log.debug("a pause was cut short because the gate is closed");
        }
    }

    /** Sends everybody away who waits or comes, except cancels. */
    @Override
    public void close() {
        closed.countDown();
        lock.lock();
        try {
            queue.forEach(waiting -> waiting.turn.signal());
        } finally {
            lock.unlock();
        }
    }

    void leave(Deadline deadline) {
        lock.lock();
        try {
            admitted--;
            if (isBackground(deadline)) {
                backgroundAdmitted--;
            }
            letIn();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int admitted() {
        lock.lock();
        try {
            return admitted;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isBackground(Deadline deadline) {
        return switch (deadline.tier()) {
            case BATCH, ONBOARDING -> true;
            case AUTH, USER, INTEGRATION -> false;
        };
    }

    /**
     * Lets in, in the order of arrival, whoever may go now.
     *
     * @return that moment
     */
    private long letIn() {
        long now = nanoTime.getAsLong();
        if (queue.isEmpty()) {
            return now;
        }
        Set<Lane> standing = new HashSet<>();
        Iterator<Waiting> inOrder = queue.iterator();
        while (admitted < limits.concurrent() && inOrder.hasNext()) {
            Waiting next = inOrder.next();
            if (standing.contains(next.lane)) {
                continue;
            }
            if (mayGo(next.lane, now)) {
                inOrder.remove();
                go(next, now);
            } else {
                standing.add(next.lane);
                lookAtTheClock(next);
            }
        }
        return now;
    }

    private boolean mayGo(Lane lane, long now) {
        boolean hasPlace = !lane.isBackground() || backgroundAdmitted < limits.backgroundConcurrent();
        return hasPlace && windows(lane).nanosUntilRoom(lane.isBackground(), now) == 0;
    }

    private void go(Waiting next, long now) {
        admitted++;
        if (next.lane.isBackground()) {
            backgroundAdmitted++;
        }
        windows(next.lane).start(next.lane.isBackground(), now);
        next.isIn = true;
        next.turn.signal();
    }

    private static void lookAtTheClock(Waiting first) {
        if (!first.isFirst) {
            first.isFirst = true;
            first.turn.signal();
        }
    }

    /**
     * Where a place is missing and not the time, {@link #leave} lets in.
     *
     * @param now when {@link #letIn} has looked: whose time has come since then would else be taken for lacking a place
     */
    private long untilTurn(Waiting waiting, Deadline deadline, long now) {
        long remaining = deadline.remaining().toNanos();
        Lane lane = waiting.lane;
        long room = windows(lane).nanosUntilRoom(lane.isBackground(), now);
        return waiting.isFirst && room > 0 ? Math.min(remaining, room) : remaining;
    }

    private Windows windows(Lane lane) {
        return windows.computeIfAbsent(
                lane.method(),
                method -> new Windows(
                        new RateWindow(limits.perSecond(), spanNanos),
                        new RateWindow(limits.backgroundPerSecond(), spanNanos)));
    }
}
