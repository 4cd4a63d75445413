package dev.sluice.bigquery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The deadline of the remote call that this thread is making, and what has to be called off when the call ends. */
final class CurrentDeadline {

    private static final ThreadLocal<@Nullable CurrentDeadline> CURRENT = new ThreadLocal<>();

    private final Deadline deadline;
    private final List<Future<?>> cuts = new ArrayList<>();

    private CurrentDeadline(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Something that talks to the network and has read its whole answer when it returns. */
    interface RemoteCall<T> {
        T call() throws IOException;
    }

    static <T> T during(Deadline deadline, RemoteCall<T> call) throws IOException {
        var current = new CurrentDeadline(deadline);
        CURRENT.set(current);
        try {
            return call.call();
        } finally {
            CURRENT.remove();
            current.cuts.forEach(cut -> cut.cancel(false));
        }
    }

    /** @throws IOException if nobody gave this thread a deadline */
    static CurrentDeadline required() throws IOException {
        CurrentDeadline current = CURRENT.get();
        if (current == null) {
            throw new IOException("cannot call BigQuery: the call has no tier and no deadline");
        }
        return current;
    }

    Deadline deadline() {
        return deadline;
    }

    void callOffAtEnd(Future<?> cut) {
        cuts.add(cut);
    }
}
