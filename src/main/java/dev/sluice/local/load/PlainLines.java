package dev.sluice.local.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalLong;

/** Whether all lines of files are plain rows. */
final class PlainLines {

    /** Longer lines are not plain. */
    static final int LONGEST = 1 << 20;

    private final PlainRow row;
    private final Runnable requireGoing;
    private final byte[] bytes = new byte[LONGEST];
    /** How many of the bytes are read, but not looked at. */
    private int held;

    private long rows;

    private PlainLines(PlainRow row, Runnable requireGoing) {
        this.row = row;
        this.requireGoing = requireGoing;
    }

    /**
     * How many there are; empty if one is not plain.
     *
     * @param requireGoing is asked now and then
     */
    static OptionalLong count(List<SourceFile> files, PlainRow row, Runnable requireGoing) throws IOException {
        var lines = new PlainLines(row, requireGoing);
        for (SourceFile file : files) {
            if (!lines.arePlain(file)) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(lines.rows);
    }

    private boolean arePlain(SourceFile file) throws IOException {
        held = 0;
        try (InputStream content = Files.newInputStream(file.path())) {
            boolean plain = true;
            while (plain) {
                int more = content.read(bytes, held, LONGEST - held);
                if (more < 0) {
                    return isLastPlain();
                }
                held += more;
                requireGoing.run();
                plain = areWholeOnesPlain() && held < LONGEST;
            }
            return false;
        }
    }

    /** Keeps the part of a line that comes after them. */
    private boolean areWholeOnesPlain() {
        int end = held;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        int at = 0;
        while (at < end) {
            at = row.end(bytes, at);
            if (at == 0) {
                return false;
            }
            rows++;
        }
        held -= end;
        System.arraycopy(bytes, end, bytes, 0, held);
        return true;
    }

    /** The last line of a file needs no line feed. */
    private boolean isLastPlain() {
        if (held > 0) {
            bytes[held] = '\n';
            held++;
        }
        return areWholeOnesPlain();
    }
}
