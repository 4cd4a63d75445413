package dev.sluice.schedule;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts what the clock says and restarts what died, in this process, together with any number of other nodes on the
 * same repository. Which node starts a tick is decided by the row of the tick. Thread-safe.
 */
public final class Scheduler {

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    private static final int MAX_ROUNDS = 100_000;

    private final TickQueue queue;
    private final TickRun run;
    private final Recoveries recoveries;
    private final Recoveries.Restarts restarts;
    private final ThreadPoolExecutor workers;
    private final Semaphore free;
    private final AtomicBoolean ending = new AtomicBoolean();

    /** @param workers as many threads as runs may go on here at once; the caller closes it */
    Scheduler(
            TickQueue queue,
            TickRun run,
            Recoveries recoveries,
            Recoveries.Restarts restarts,
            ThreadPoolExecutor workers) {
        this.queue = queue;
        this.run = run;
        this.recoveries = recoveries;
        this.restarts = restarts;
        this.workers = workers;
        this.free = new Semaphore(workers.getMaximumPoolSize());
    }

    /**
     * Starts what is due now, as soon as it may begin; blocks until all those runs have ended.
     *
     * @return how they ended
     */
    public List<ExitCode> runDue() throws InterruptedException {
        Instant until = look();
        List<Future<ExitCode>> begun = new ArrayList<>();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Future<ExitCode>> more = dispatch(until);
            begun.addAll(more);
            Optional<Future<ExitCode>> unfinished =
                    begun.stream().filter(future -> !future.isDone()).findFirst();
            if (unfinished.isPresent()) {
                codeOf(unfinished.get());
            } else if (more.isEmpty()) {
                break;
            }
        }
        List<ExitCode> codes = new ArrayList<>();
        for (Future<ExitCode> future : begun) {
            codes.add(codeOf(future));
        }
        return codes;
    }

    private static ExitCode codeOf(Future<ExitCode> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("work tells of its failures itself", e);
        }
    }

    /** Starts what is due, as far as this node has room, and does not wait for it. */
    void dispatch() {
        var unused = dispatch(look());
    }

    private Instant look() {
        recoveries.look();
        return queue.plan();
    }

    private List<Future<ExitCode>> dispatch(Instant until) {
        List<Future<ExitCode>> begun = new ArrayList<>();
        while (!ending.get() && free.tryAcquire()) {
            Optional<Callable<ExitCode>> work = claim(until);
            if (work.isEmpty()) {
                break;
            }
            begun.add(workers.submit(work.get()));
        }
        return begun;
    }

    private Optional<Callable<ExitCode>> claim(Instant until) {
        Optional<Callable<ExitCode>> work = Optional.empty();
        try {
            work = recoveries
                    .claim()
                    .map(this::restarting)
                    .or(() -> queue.claim(until).map(this::starting));
            return work;
        } finally {
            if (work.isEmpty()) {
                free.release();
            }
        }
    }

    private Callable<ExitCode> starting(ClaimedTick tick) {
        return telling(
                "the start of the tick %s of %s".formatted(tick.at(), tick.job().name()),
                "when its claim has run out, a node finds its run or starts it; see 'ticks'",
                () -> recoveries.parking(run.start(tick), null));
    }

    private Callable<ExitCode> restarting(long dead) {
        return telling(
                "the recovery of run %d".formatted(dead),
                "it is tried again after a pause; see 'show %d'".formatted(dead),
                () -> recoveries.restart(dead, restarts));
    }

    /** Nobody may be waiting for the work, so it tells of its failure itself; it makes room for others in any case. */
    private Callable<ExitCode> telling(String what, String next, Supplier<LaunchOutcome> work) {
        return () -> {
            try {
                return work.get().exitCode();
            } catch (RuntimeException | Error e) {
                log.error("{} failed: {}; {}", what, e.getMessage(), next, e);
                return ExitCode.FAILED;
            } finally {
                free.release();
            }
        };
    }

    /** Starts nothing more. */
    void end() {
        ending.set(true);
        workers.shutdown();
    }

    /** @return whether everything here has ended by then */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return workers.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
