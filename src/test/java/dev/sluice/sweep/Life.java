package dev.sluice.sweep;

import dev.sluice.launch.LaunchOutcome;
import dev.sluice.sweep.DeathSwitch.ProcessDeath;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a process does until it ends or dies. */
public final class Life {

    private static final long SECONDS = 60;

    private Life() {}

    /**
     * In a thread of its own: what a death leaves bound to a thread dies with it.
     *
     * @throws ProcessDeath if the process died
     */
    public static LaunchOutcome within(Callable<LaunchOutcome> work) {
        var run = new FutureTask<>(work);
        new Thread(run, "life").start();
        try {
            return run.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProcessDeath dead) {
                throw dead;
            }
            throw new AssertionError("the launcher failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no end within %d s".formatted(SECONDS), e);
        }
    }
}
