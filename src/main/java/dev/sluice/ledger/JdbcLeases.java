package dev.sluice.ledger;

import dev.sluice.ledger.LeaseAttempt.Acquired;
import dev.sluice.ledger.LeaseAttempt.HeldBy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/** Leases as rows; also knows the fences of the leases that this process holds. */
final class JdbcLeases implements Leases, Fences {

    private static final int HEARTBEATS = 3;
    private static final long HEARTBEAT_SECONDS = 10;
    private static final long TTL_SECONDS = HEARTBEATS * HEARTBEAT_SECONDS;
    private static final int MAX_RACES = 10;

    private final LeaseRows rows;
    private final ScheduledExecutorService heartbeats;
    private final Map<InstanceKey, HeldLease> held = new ConcurrentHashMap<>();

    /** @param heartbeats owned and closed by the caller */
    JdbcLeases(LedgerDatabase database, ScheduledExecutorService heartbeats) {
        this.rows = new LeaseRows(database.jdbc(), TTL_SECONDS);
        this.heartbeats = heartbeats;
    }

    @Override
    public LeaseAttempt acquire(InstanceKey instance, Owner owner) {
        for (int race = 0; race < MAX_RACES; race++) {
            Optional<LeaseRows.Row> row = rows.find(instance);
            if (row.isEmpty()) {
                if (rows.insert(instance, owner)) {
                    return hold(instance, 1, false);
                }
                continue;
            }
            LeaseRows.Row there = row.get();
            if (isLive(there, owner)) {
                return new HeldBy(there.owner(), there.runId(), there.expiresAt());
            }
            if (rows.takeOver(instance, there.fence(), owner)) {
                return hold(instance, there.fence() + 1, !there.released());
            }
        }
        throw new LeaseLost("cannot take the lease on %s: others keep taking it; try again".formatted(instance.job()));
    }

    @Override
    public boolean isHeld(InstanceKey instance) {
        return rows.find(instance).map(row -> isLive(row, Owner.current())).orElse(false);
    }

    private static boolean isLive(LeaseRows.Row row, Owner asking) {
        return !row.released() && !row.expired() && !row.owner().isDeadOn(asking.host());
    }

    private Acquired hold(InstanceKey instance, long fence, boolean tookOver) {
        var lease = new HeldLease(rows, instance, fence, HEARTBEATS, ended -> held.remove(instance, ended));
        held.put(instance, lease);
        lease.beatOn(heartbeats, HEARTBEAT_SECONDS);
        return new Acquired(lease, tookOver);
    }

    @Override
    public Fence of(InstanceKey instance) {
        HeldLease lease = held.get(instance);
        if (lease == null) {
            throw new LeaseLost("this process holds no lease on %s".formatted(instance.job()));
        }
        return lease.fence();
    }
}
