package dev.sluice.jobs.bulkinsert;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a thread spends its time on, waiting included: looks at its stack every few milliseconds. */
final class WallClock implements AutoCloseable {

    private static final long INTERVAL_NANOS = 5_000_000;

    private final Map<Share, Long> seen = new EnumMap<>(Share.class);
    private final Thread observed;
    private final Thread observer = new Thread(this::observe, "wall-clock");
    private volatile boolean ended;

    /** The first that is on the stack counts. */
    enum Share {
        LEDGER("ledger and repository", "org\\.h2\\.|dev\\.sluice\\.ledger\\."),
        VERIFICATION("verification", "dev.sluice.jobs.bulkinsert.VerifyStagingTasklet"),
        DIGEST("digest of the source", "dev.sluice.jobs.bulkinsert.SourceDigests"),
        UPLOAD("sending", "dev.sluice.bigquery.ResumableUpload"),
        READ("reading and validating, or waiting for it", "dev.sluice.item."),
        OTHER("everything else", "");

        private final String words;
        private final Pattern classes;

        Share(String words, String classes) {
            this.words = words;
            this.classes = Pattern.compile(classes);
        }

        boolean isOn(StackTraceElement[] stack) {
            return Arrays.stream(stack)
                    .anyMatch(frame -> classes.matcher(frame.getClassName()).lookingAt());
        }
    }

    private WallClock(Thread observed) {
        this.observed = observed;
        observer.setDaemon(true);
    }

    static WallClock ofThisThread() {
        var clock = new WallClock(Thread.currentThread());
        clock.observer.start();
        return clock;
    }

    private void observe() {
        while (!ended) {
            StackTraceElement[] stack = observed.getStackTrace();
            for (Share share : Share.values()) {
                if (share.isOn(stack)) {
                    seen.merge(share, 1L, Long::sum);
                    break;
                }
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /** To be asked once it is closed. */
    double percent(Share share) {
        long all = seen.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 0 : 100.0 * seen.getOrDefault(share, 0L) / all;
    }

    @Override
    public String toString() {
        return seen.keySet().stream()
                .map(share -> "%s %.1f %%".formatted(share.words, percent(share)))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        ended = true;
        try {
            observer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
