package dev.sluice.ledger;

import dev.sluice.ledger.LeaseAttempt.Acquired;
import dev.sluice.ledger.LeaseAttempt.HeldBy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;

/** Leases as rows; also knows the fences of the leases that this process holds. */
final class JdbcLeases implements Leases, Fences, AutoCloseable {

    private static final int MAX_RACES = 10;

    private final LeaseRows rows;
    private final HeldLease.Connections connections;
    private final LeaseProperties properties;
    private final ScheduledExecutorService heartbeats;
    private final Map<InstanceKey, HeldLease> held = new ConcurrentHashMap<>();

    /**
     * Two pools to one database.
     *
     * @param heartbeats used by nobody else
     */
    record Databases(LedgerDatabase runs, LedgerDatabase heartbeats) {}

    /** @param heartbeats owned and closed by the caller, as the databases are */
    JdbcLeases(Databases databases, LeaseProperties properties, ScheduledExecutorService heartbeats) {
        this.rows = new LeaseRows(databases.runs().jdbc(), properties.ttl());
        var beats = new LeaseRows(databases.heartbeats().jdbc(), properties.ttl());
        this.connections = new HeldLease.Connections(databases.runs(), rows, beats);
        this.properties = properties;
        this.heartbeats = heartbeats;
    }

    @Override
    public LeaseAttempt acquire(InstanceKey instance, Owner owner) {
        for (int race = 0; race < MAX_RACES; race++) {
            Optional<LeaseRows.Row> row = rows.find(instance);
            if (row.isEmpty()) {
                if (rows.insert(instance, owner)) {
                    return hold(instance, owner, 1, false);
                }
                continue;
            }
            LeaseRows.Row there = row.get();
            if (there.isLive(owner) || holds(instance, owner)) {
                return new HeldBy(there.owner(), there.runId(), there.expiresAt());
            }
            try {
                if (rows.takeOver(instance, there.fence(), there.owner().isDeadOn(owner.host()), owner)) {
                    return hold(instance, owner, there.fence() + 1, !there.released());
                }
            } catch (PessimisticLockingFailureException | QueryTimeoutException e) {
                // paused in the middle of a commit: whether that is in time, only the database can tell, and has not
                // yet
                return new HeldBy(there.owner(), there.runId(), there.expiresAt());
            }
        }
        throw new LeaseLost("cannot take the lease on %s: others keep taking it; try again".formatted(instance.job()));
    }

    /**
     * A process that slept takes nothing over from itself: its own run goes on, and if others took that over meanwhile, it may
     * not have noticed yet; under a new lease of its process it never would.
     */
    private boolean holds(InstanceKey instance, Owner asking) {
        HeldLease own = held.get(anyGeneration(instance));
        return own != null && own.isOf(asking);
    }

    @Override
    public Optional<LeaseHolder> holder(InstanceKey instance) {
        return rows.find(instance)
                .filter(row -> !row.released())
                .map(row -> new LeaseHolder(
                        row.owner(),
                        row.runId(),
                        row.fence(),
                        row.expiresAt(),
                        row.isLive(Owner.current()),
                        row.stopRequested()));
    }

    @Override
    public boolean requestStop(InstanceKey instance, long fence) {
        return rows.requestStop(instance, fence);
    }

    private Acquired hold(InstanceKey instance, Owner owner, long fence, boolean tookOver) {
        var lease = new HeldLease(
                connections, instance, owner, fence, ended -> held.remove(anyGeneration(instance), ended));
        held.put(anyGeneration(instance), lease);
        lease.beatOn(heartbeats, properties.heartbeat(), properties.look());
        return new Acquired(lease, tookOver);
    }

    @Override
    public Optional<Fence> find(InstanceKey instance) {
        return Optional.ofNullable(held.get(anyGeneration(instance))).map(HeldLease::fence);
    }

    @Override
    public Fence of(InstanceKey instance) {
        return find(instance)
                .orElseThrow(() -> new LeaseLost("this process holds no lease on %s".formatted(instance.job())));
    }

    /** The process ends: what it still holds is over, as if it had died. */
    @Override
    public void close() {
        held.values().forEach(HeldLease::letGo);
    }

    /** A lease is on all generations of an instance. */
    private static InstanceKey anyGeneration(InstanceKey instance) {
        return new InstanceKey(instance.job(), instance.jobKey(), 1);
    }
}
