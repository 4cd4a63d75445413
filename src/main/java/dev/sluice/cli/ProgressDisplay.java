package dev.sluice.cli;

import dev.sluice.definition.RunProgress;
import dev.sluice.launch.LaunchObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Names the run, then shows how far it is: a bar on a terminal, else a line per interval. Closing ends it. */
final class ProgressDisplay implements LaunchObserver, AutoCloseable {

    private static final long MEGABYTE = 1_000_000;
    private static final int BAR_MILLIS = 200;

    private final RunProgress progress;
    private final Output output;
    private final Duration interval;
    private final ProgressLine line;
    private final boolean terminal = Boolean.getBoolean("sluice.terminal");
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(ProgressDisplay::daemon);
    private String step = "";
    private @Nullable ProgressBar bar;

    ProgressDisplay(RunProgress progress, Output output, Duration interval, Clock clock) {
        this.progress = progress;
        this.output = output;
        this.interval = interval;
        this.line = new ProgressLine(clock);
    }

    @Override
    public void running(long runId, String job, Map<String, String> parameters, @Nullable Long resumed) {
        String words = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(" "));
        String verb = resumed == null ? "started" : "resumes run " + resumed;
        output.line("run %d %s: %s %s".formatted(runId, verb, job, words));
        long millis = terminal ? BAR_MILLIS : interval.toMillis();
        var unused = scheduler.scheduleWithFixedDelay(() -> show(runId), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void show(long runId) {
        RunProgress.Snapshot now = progress.latest(runId);
        if (now.step().isEmpty()) {
            return;
        }
        if (terminal) {
            draw(runId, now);
            return;
        }
        output.line(line.of(runId, now));
    }

    private void draw(long runId, RunProgress.Snapshot now) {
        if (bar == null || !step.equals(now.step())) {
            closeBar();
            step = now.step();
            bar = new ProgressBarBuilder()
                    .setTaskName("run %d %s".formatted(runId, step))
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUnit(" MB", MEGABYTE)
                    .setInitialMax(now.totalBytes() == 0 ? -1 : now.totalBytes())
                    .showSpeed()
                    .build();
        }
        bar.stepTo(now.doneBytes());
        bar.setExtraMessage(RunText.number(now.rows()) + " rows");
    }

    private void closeBar() {
        if (bar != null) {
            bar.close();
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        try {
            scheduler.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeBar();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }
}
