package dev.sluice.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** A lease of this process, and its fence. */
final class HeldLease implements Lease, Fence {

    private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

    private final LeaseRows rows;
    private final InstanceKey instance;
    private final long fence;
    private final int heartbeats;
    private final Consumer<HeldLease> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean lost;
    private int failures;
    private volatile @Nullable Future<?> heartbeat;

    /** @param heartbeats after how many that failed in a row the lease has run out */
    HeldLease(LeaseRows rows, InstanceKey instance, long fence, int heartbeats, Consumer<HeldLease> onClose) {
        this.rows = rows;
        this.instance = instance;
        this.fence = fence;
        this.heartbeats = heartbeats;
        this.onClose = onClose;
    }

    void beatOn(ScheduledExecutorService scheduler, long seconds) {
        heartbeat = scheduler.scheduleAtFixedRate(this::beat, seconds, seconds, TimeUnit.SECONDS);
    }

    /** Never throws: the scheduler would not call it again. */
    void beat() {
        try {
            if (!rows.heartbeat(instance, fence)) {
                lost = true;
            }
            failures = 0;
        } catch (RuntimeException e) {
            failures++;
            if (failures >= heartbeats) {
                lost = true;
            }
            log.warn("cannot renew the lease on {}: {}", instance.job(), e.getMessage());
        }
    }

    @Override
    public Fence fence() {
        return this;
    }

    @Override
    public void attachRun(long runId) {
        rows.attachRun(instance, fence, runId);
    }

    @Override
    public void verify() {
        if (lost || closed.get() || !rows.isCurrent(instance, fence)) {
            throw lost();
        }
    }

    @Override
    public void verifyInside(Connection transaction) {
        try {
            if (lost || !LeaseRows.check(transaction, instance, fence)) {
                throw lost();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot check the lease on %s".formatted(instance.job()), e);
        }
    }

    private LeaseLost lost() {
        return new LeaseLost(
                "this process no longer owns %s: its lease ran out or another process took it; look at 'runs'"
                        .formatted(instance.job()));
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Future<?> beating = heartbeat;
        if (beating != null) {
            beating.cancel(false);
        }
        onClose.accept(this);
        try {
            rows.release(instance, fence);
        } catch (DataAccessException e) {
            log.warn("cannot release the lease on {}; it runs out by itself: {}", instance.job(), e.getMessage());
        }
    }
}
