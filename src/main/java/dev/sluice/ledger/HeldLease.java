package dev.sluice.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A lease of this process, and its fence. It is lost when another has taken it over, which only the database can tell, or
 * when this process lets it go; that it has run out meanwhile means no more than that another may.
 */
final class HeldLease implements Lease, Fence {

    private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

    private final LedgerDatabase database;
    private final LeaseRows rows;
    private final LeaseRows beats;
    private final InstanceKey instance;
    private final Owner owner;
    private final long fence;
    private final Consumer<HeldLease> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean lost;
    private volatile boolean stopRequested;
    private volatile List<Future<?>> beating = List.of();

    /** The same rows, for the run and for the heartbeat, which waits for nobody. */
    record Connections(LedgerDatabase database, LeaseRows rows, LeaseRows beats) {}

    HeldLease(Connections connections, InstanceKey instance, Owner owner, long fence, Consumer<HeldLease> onClose) {
        this.database = connections.database();
        this.rows = connections.rows();
        this.beats = connections.beats();
        this.instance = instance;
        this.owner = owner;
        this.fence = fence;
        this.onClose = onClose;
    }

    void beatOn(ScheduledExecutorService scheduler, Duration heartbeat, Duration look) {
        beating = List.of(each(scheduler, heartbeat, this::beat), each(scheduler, look, this::look));
    }

    private static Future<?> each(ScheduledExecutorService scheduler, Duration interval, Runnable work) {
        return scheduler.scheduleWithFixedDelay(work, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Never throws: the scheduler would not call it again. */
    void beat() {
        try {
            if (!beats.heartbeat(instance, fence)) {
                lost = true;
            }
        } catch (RuntimeException e) {
            log.warn("cannot renew the lease on {}: {}", instance.job(), e.getMessage());
        }
    }

    /** Whether somebody asks us to stop; never throws, as {@link #beat}, which warns in its stead. */
    void look() {
        try {
            if (beats.find(instance)
                    .filter(row -> row.fence() == fence && row.stopRequested())
                    .isPresent()) {
                stopRequested = true;
            }
        } catch (RuntimeException e) {
            log.debug("cannot look at the lease on {}: {}", instance.job(), e.getMessage());
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
    public void whileHeld(Runnable work) {
        database.under(this, () -> {
            work.run();
            return this;
        });
    }

    /** Whoever slept past its end renews it, instead of sending what another may send as well. */
    @Override
    public void verify() {
        if (isOver() || !(rows.isCurrent(instance, fence) || rows.heartbeat(instance, fence))) {
            throw lost();
        }
    }

    boolean isOf(Owner asking) {
        return owner.equals(asking);
    }

    private boolean isOver() {
        return lost || closed.get();
    }

    @Override
    public boolean stopRequested() {
        return stopRequested;
    }

    @Override
    public void verifyInside(Connection transaction) {
        try {
            if (isOver() || !LeaseRows.check(transaction, instance, fence)) {
                throw lost();
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(
                    "cannot check the lease on %s; restart resumes the run".formatted(instance.job()), e);
        }
    }

    private LeaseLost lost() {
        return new LeaseLost(
                "this process no longer owns %s: another process took over its lease, or it is ending; look at 'runs'"
                        .formatted(instance.job()));
    }

    /** Before the process ends: whoever still runs under the lease changes nothing more, and others may take over. */
    void letGo() {
        lost = true;
        beating.forEach(work -> work.cancel(false));
        release();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        beating.forEach(work -> work.cancel(false));
        onClose.accept(this);
        release();
    }

    private void release() {
        try {
            rows.release(instance, fence);
        } catch (DataAccessException e) {
            log.warn("cannot release the lease on {}; it runs out by itself: {}", instance.job(), e.getMessage());
        }
    }
}
