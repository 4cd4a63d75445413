package dev.sluice.local;

import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the faults of a plan happen to calls. Thread-safe. */
final class FaultyCalls implements AutoCloseable {

    private final FaultPlan plan;
    private final CountDownLatch closed = new CountDownLatch(1);

    FaultyCalls(FaultPlan plan) {
        this.plan = plan;
    }

    /**
     * Waits as long as a stall demands.
     *
     * @return false if the call has no effect and no answer
     * @throws ApiError as the plan says
     */
    boolean mayGoOn(Exchange exchange) {
        String path = "/" + String.join("/", exchange.path());
        Optional<Fault> fault = plan.next(CallKinds.of(exchange.method(), exchange.path()), exchange.method(), path);
        return fault.isEmpty() || mayGoOn(exchange, fault.get());
    }

    private boolean mayGoOn(Exchange exchange, Fault fault) {
        if (fault instanceof Fault.Reset) {
            return false;
        }
        if (fault instanceof Fault.Status status) {
            throw new ApiError(status.status(), status.reason(), "A fault that was asked for: " + status.reason());
        }
        if (fault instanceof Fault.Stall stall) {
            return !pause(stall.length());
        }
        if (fault instanceof Fault.Trickle trickle) {
            exchange.slowDown(() -> pause(trickle.pause()));
        } else {
            exchange.mute();
        }
        return true;
    }

    /** @return whether the server has been closed in between */
    private boolean pause(Duration length) {
        try {
            return closed.await(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends all stalls. */
    @Override
    public void close() {
        closed.countDown();
    }
}
