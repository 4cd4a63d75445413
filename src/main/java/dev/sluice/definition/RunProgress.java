package dev.sluice.definition;

/** How far the run of this process has come; the job writes it, the command line shows it. Thread-safe. */
public final class RunProgress {

    /** @param totalBytes 0 while unknown */
    public record Snapshot(String step, long rows, long doneBytes, long totalBytes) {}

    private volatile Snapshot latest = new Snapshot("", 0, 0, 0);

    public Snapshot latest() {
        return latest;
    }

    public void report(String step, long rows, long doneBytes, long totalBytes) {
        latest = new Snapshot(step, rows, doneBytes, totalBytes);
    }
}
