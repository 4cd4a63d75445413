package dev.sluice.ledger;

import java.util.Optional;

/** Gives a running job the fence of the lease that its launcher holds in this process. */
public interface Fences {

    /** @throws LeaseLost if this process holds no lease on the instance */
    Fence of(InstanceKey instance);

    /** Empty if this process holds no lease on the instance; a lease that was lost counts until it is closed. */
    Optional<Fence> find(InstanceKey instance);
}
