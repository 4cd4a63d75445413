package dev.sluice.local.load;

import java.util.ArrayList;
import java.util.List;

/** The bad rows of one load, and how many of them it bears. Not thread-safe. */
public final class BadRecords {

    private static final int TOLD = 5;

    private final String format;
    private final long most;
    private final List<Bad> first = new ArrayList<>();
    private long count;

    /** @param format as errors name it: CSV, JSON */
    public BadRecords(String format, long most) {
        this.format = format;
        this.most = most;
    }

    /** @param location the file's URI; empty for an upload */
    public record Bad(String location, String message) {}

    /** @param row its number in its file, from 1 */
    void add(SourceFile file, long row, String what) {
        count++;
        if (first.size() < TOLD) {
            first.add(new Bad(
                    file.uri(),
                    "Error while reading data, error message: %s row %d: %s%s"
                            .formatted(format, row, what, file.named())));
        }
        if (count > most) {
            throw LoadRefused.tooMany(
                    file,
                    "Error while reading data, error message: %s table encountered too many errors, giving up. Rows: %d; errors: %d. %s%s"
                            .formatted(format, row, count, what, file.named()),
                    first);
        }
    }

    public long count() {
        return count;
    }

    /** Those that a load has left out, the first ones only. */
    public List<Bad> first() {
        return List.copyOf(first);
    }
}
