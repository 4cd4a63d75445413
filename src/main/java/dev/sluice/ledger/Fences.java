package dev.sluice.ledger;

/** Gives a running job the fence of the lease that its launcher holds in this process. */
public interface Fences {

    /** @throws LeaseLost if this process holds no lease on the instance */
    Fence of(InstanceKey instance);
}
