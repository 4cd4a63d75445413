package dev.sluice.bigquery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of the remote call that this thread is making, how far the call has got, and what has to be done when
 * it ends. For one call on one thread.
 */
final class CurrentDeadline {

    private static final ThreadLocal<@Nullable CurrentDeadline> CURRENT = new ThreadLocal<>();

    private final Deadline deadline;
    private final List<Runnable> atEnd = new ArrayList<>();
    private final List<ManagedHttpClientConnection> opened = new ArrayList<>();
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
        } catch (IllegalArgumentException | NullPointerException e) {
            // what Google's parser throws for an empty body, JSON of another shape, and JSON that breaks off
            throw new IOException("the answer cannot be read", e);
        } finally {
            CURRENT.set(outer);
            atEnd.forEach(Runnable::run);
        }
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

    /** @param step run when the call has ended, whichever way */
    void atEnd(Runnable step) {
        atEnd.add(step);
    }

    /** Notes a connection that is being made for this call. */
    void opens(ManagedHttpClientConnection connection) {
        opened.add(connection);
    }

    /** The HTTP client forgets a connection that it began to make just when the exchange was cut. */
    void closeOpened() {
        opened.forEach(PooledTransport::close);
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
