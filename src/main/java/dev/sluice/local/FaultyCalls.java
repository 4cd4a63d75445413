package dev.sluice.local;

import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultCall;
import dev.sluice.local.fault.FaultPauses;
import dev.sluice.local.fault.FaultPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets the faults of a plan happen to calls. Thread-safe. */
final class FaultyCalls implements AutoCloseable {

    private final FaultPlan plan;
    private final MovableClock clock;
    private final Consumer<Duration> refusal;
    private final FaultPauses pauses = new FaultPauses();

    /** @param refusal lets nobody connect for so long */
    FaultyCalls(FaultPlan plan, MovableClock clock, Consumer<Duration> refusal) {
        this.plan = plan;
        this.clock = clock;
        this.refusal = refusal;
    }

    /**
     * Waits as long as a stall demands.
     *
     * @return false if the call has no effect and no answer
     * @throws ApiError as the plan says
     */
    boolean mayGoOn(Exchange exchange, FaultCall call) {
        Optional<Fault> fault = plan.next(call);
        return fault.isEmpty() || mayGoOn(exchange, fault.get());
    }

    private boolean mayGoOn(Exchange exchange, Fault fault) {
        if (fault instanceof Fault.Stall stall) {
            return !pauses.pause(stall.length());
        }
        if (fault instanceof Fault.Refuse refuse) {
            refusal.accept(refuse.length());
            return false;
        }
        failure(fault).ifPresent(error -> {
            throw error;
        });
        change(exchange, fault);
        return !(fault instanceof Fault.Reset);
    }

    /** The error that a fault is; empty if it is another fault. */
    static Optional<ApiError> failure(Fault fault) {
        if (fault instanceof Fault.Status status) {
            return Optional.of(error(status.status(), status.reason()));
        }
        return fault instanceof Fault.FailLate late ? Optional.of(error(503, late.reason())) : Optional.empty();
    }

    private static ApiError error(int status, String reason) {
        return new ApiError(status, reason, "A fault that was asked for: " + reason);
    }

    private void change(Exchange exchange, Fault fault) {
        if (fault instanceof Fault.Trickle trickle) {
            exchange.delivery().slowDown(() -> pauses.pause(trickle.pause()));
        } else if (fault instanceof Fault.LostReply) {
            exchange.delivery().mute();
        } else if (fault instanceof Fault.Duplicate) {
            exchange.delivery().repeat();
        } else if (fault instanceof Fault.ClockAhead ahead) {
            clock.advance(ahead.more());
        }
    }

    /** Ends all stalls. */
    @Override
    public void close() {
        pauses.close();
    }
}
