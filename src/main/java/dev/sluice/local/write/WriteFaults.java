package dev.sluice.local.write;

import com.google.rpc.Code;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultCall;
import dev.sluice.local.fault.FaultPauses;
import dev.sluice.local.fault.FaultPlan;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets the faults of a plan happen to calls and appends. What ends a connection of REST is UNAVAILABLE here; a trickle is a
 * stall. Thread-safe.
 */
public final class WriteFaults implements AutoCloseable {

    private static final String DATASETS = "/datasets/";

    private final FaultPlan plan;
    private final Consumer<Duration> clock;
    private final FaultPauses pauses = new FaultPauses();

    /** @param clock is put ahead by what it is told */
    public WriteFaults(FaultPlan plan, Consumer<Duration> clock) {
        this.plan = plan;
        this.clock = clock;
    }

    /**
     * Does what is asked for, more or less often.
     *
     * @param entity name of the stream or table
     * @throws StatusRuntimeException as the plan says
     */
    <T> T through(String kind, String entity, Supplier<T> work) {
        Optional<Fault> fault = plan.next(new FaultCall(kind, "gRPC", "/" + entity, dataset(entity), ""));
        if (fault.isEmpty()) {
            return work.get();
        }
        before(fault.get());
        if (fault.get() instanceof Fault.LostReply) {
            var unused = work.get();
            throw cut();
        }
        if (fault.get() instanceof Fault.Duplicate) {
            deliverUnheard(work);
        }
        return work.get();
    }

    private static <T> void deliverUnheard(Supplier<T> work) {
        try {
            var unused = work.get();
        } catch (WriteRefused e) {
            // nobody hears of it
        }
    }

    private void before(Fault fault) {
        if (fault instanceof Fault.Reset || fault instanceof Fault.Refuse) {
            throw cut();
        } else if (fault instanceof Fault.Status status) {
            throw failure(status.status(), status.reason());
        } else if (fault instanceof Fault.Stall stall) {
            pauses.pause(stall.length());
        } else if (fault instanceof Fault.Trickle trickle) {
            pauses.pause(trickle.pause());
        } else if (fault instanceof Fault.ClockAhead ahead) {
            clock.accept(ahead.more());
        }
    }

    private static StatusRuntimeException cut() {
        return Status.UNAVAILABLE
                .withDescription("A fault that was asked for: the connection ends")
                .asRuntimeException();
    }

    private static StatusRuntimeException failure(int httpStatus, String reason) {
        return Status.fromCodeValue(code(httpStatus, reason).getNumber())
                .withDescription("A fault that was asked for: " + reason)
                .asRuntimeException();
    }

    private static Code code(int httpStatus, String reason) {
        return switch (httpStatus) {
            case 400 -> Code.INVALID_ARGUMENT;
            case 401 -> Code.UNAUTHENTICATED;
            case 403 -> reason.endsWith("Exceeded") ? Code.RESOURCE_EXHAUSTED : Code.PERMISSION_DENIED;
            case 404 -> Code.NOT_FOUND;
            case 409 -> Code.ABORTED;
            case 429 -> Code.RESOURCE_EXHAUSTED;
            case 502, 503 -> Code.UNAVAILABLE;
            case 504 -> Code.DEADLINE_EXCEEDED;
            default -> Code.INTERNAL;
        };
    }

    private static String dataset(String entity) {
        int begin = entity.indexOf(DATASETS);
        if (begin < 0) {
            return "";
        }
        String rest = entity.substring(begin + DATASETS.length());
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }

    /** Ends all stalls. */
    @Override
    public void close() {
        pauses.close();
    }
}
