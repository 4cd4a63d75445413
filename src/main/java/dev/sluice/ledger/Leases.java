package dev.sluice.ledger;

/** At most one owner per instance, decided by one row and the database's clock. Thread-safe. */
public interface Leases {

    /** Takes the lease if it is free, expired, or held by a process of this host that is dead. */
    LeaseAttempt acquire(InstanceKey instance, Owner owner);

    /** Whether somebody holds the instance who is not known to be dead. */
    boolean isHeld(InstanceKey instance);
}
