package dev.sluice.ledger;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** At most one owner per instance, decided by one row and the database's clock. Thread-safe. */
public interface Leases {

    /**
     * Leases of a database that has the table SLUICE_LEASE.
     *
     * @param beating the same database, by a connection that nobody else uses
     * @param heartbeats renews what is held; owned and closed by the caller
     */
    static Leases in(
            LedgerDatabase database,
            LedgerDatabase beating,
            LeaseProperties properties,
            ScheduledExecutorService heartbeats) {
        return new JdbcLeases(new JdbcLeases.Databases(database, beating), properties, heartbeats);
    }

    /** Takes the lease if it is free, expired, or held by a process of this host that is dead. */
    LeaseAttempt acquire(InstanceKey instance, Owner owner);

    /** Whoever took it last and has not released it, dead or alive. */
    Optional<LeaseHolder> holder(InstanceKey instance);

    /**
     * Asks a holder to stop; one that lives notices within a second.
     *
     * @return whether it still holds the lease
     */
    boolean requestStop(InstanceKey instance, long fence);

    /** Whether somebody holds the instance who is not known to be dead. */
    default boolean isHeld(InstanceKey instance) {
        return holder(instance).map(LeaseHolder::alive).orElse(false);
    }
}
