package dev.sluice.item;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads and checks the next unit on a thread of its own, while the one before is on its way: two units are in memory at
 * most. The position that is saved is behind the last unit that was handed out, and what goes wrong ahead comes up in its
 * turn, so that restarts and failures are those of the reader alone. Not thread-safe.
 */
public final class ReadAhead implements ItemStreamReader<LoadUnit> {

    private static final long CLOSE_SECONDS = 30;

    private final UnitReader reader;
    private final StillWanted wanted;

    private @Nullable ExecutorService thread;
    private @Nullable Future<@Nullable LoadUnit> next;
    private LoadProgress progress = LoadProgress.from(new ExecutionContext());

    /** @param reader nobody else's from now on */
    public ReadAhead(UnitReader reader, StillWanted wanted) {
        this.reader = reader;
        this.wanted = wanted;
    }

    @Override
    public void open(ExecutionContext context) {
        reader.open(context);
        progress = LoadProgress.from(context);
        thread = Executors.newSingleThreadExecutor(work -> {
            var reading = new Thread(work, "unit-reader");
            reading.setDaemon(true);
            return reading;
        });
        next = thread.submit(reader::read);
    }

    /** Blocks for as long as the reader takes and the run wants it. */
    @Override
    public @Nullable LoadUnit read() throws IOException {
        if (thread == null || next == null) {
            return null;
        }
        LoadUnit unit = wanted.await(next);
        next = unit == null ? null : thread.submit(reader::read);
        progress = unit == null ? progress : unit.behind();
        return unit;
    }

    @Override
    public void update(ExecutionContext context) {
        progress.save(context);
    }

    /** Waits until the thread has let go of the source, which an interruption cuts short. */
    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
            awaitEnd(thread);
            thread = null;
            next = null;
        }
        reader.close();
    }

    private static void awaitEnd(ExecutorService thread) {
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("reading does not end; a source file does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
