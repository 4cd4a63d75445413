package dev.sluice.bigquery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of the remote call that this thread is making, how far the call has got, and what has to be called off
 * when it ends. For one call on one thread.
 */
final class CurrentDeadline {

    private static final ThreadLocal<@Nullable CurrentDeadline> CURRENT = new ThreadLocal<>();

    private final Deadline deadline;
    private final List<Future<?>> cuts = new ArrayList<>();
    private boolean connecting;

    CurrentDeadline(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Something that talks to the network and has read its whole answer when it returns. */
    interface RemoteCall<T> {
        T call() throws IOException;
    }

    <T> T during(RemoteCall<T> call) throws IOException {
        CurrentDeadline outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return call.call();
        } catch (IllegalStateException e) {
            throw unlessCut(e);
        } catch (IllegalArgumentException | NullPointerException e) {
            // what Google's parser throws for an empty body, JSON of another shape, and JSON that breaks off
            throw new IOException("the answer cannot be read", e);
        } finally {
            CURRENT.set(outer);
            cuts.forEach(cut -> cut.cancel(false));
        }
    }

    /** The HTTP client throws this, not an IOException, if it is cut while it leases a connection or just after. */
    private IOException unlessCut(IllegalStateException e) {
        if (deadline.passed()) {
            return new IOException("cut at the deadline", e);
        }
        throw e;
    }

    /** @throws IllegalStateException if nobody gave this thread a deadline */
    static CurrentDeadline required() {
        CurrentDeadline current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException("cannot call BigQuery: the call has no tier and no deadline");
        }
        return current;
    }

    Deadline deadline() {
        return deadline;
    }

    void callOffAtEnd(Future<?> cut) {
        cuts.add(cut);
    }

    void connecting() {
        connecting = true;
    }

    void connected() {
        connecting = false;
    }

    /** Whether an exchange of this call waits for a connection, pooled or new. */
    boolean isConnecting() {
        return connecting;
    }
}
