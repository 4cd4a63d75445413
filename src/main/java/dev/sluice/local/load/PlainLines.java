package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** Whether all lines of a part of a file are plain rows. */
final class PlainLines {

    /** Longer lines are not plain. */
    static final int LONGEST = 1 << 20;

    private final PlainRow row;
    private final Runnable requireGoing;
    private final byte[] bytes = new byte[LONGEST + PlainCharacters.BEYOND];
    /** How many of the bytes are read, but not looked at. */
    private int held;

    private long rows;

    private PlainLines(List<TableFieldSchema> fields, Runnable requireGoing) {
        this.row = new PlainRow(fields);
        this.requireGoing = requireGoing;
    }

    /**
     * How many there are in all files, which all processors look at; empty if one is not plain.
     *
     * @param partBytes about how many are looked at by one processor at a time
     * @param requireGoing is asked now and then, by all of them
     */
    static OptionalLong count(
            List<SourceFile> files, List<TableFieldSchema> fields, int partBytes, Runnable requireGoing)
            throws IOException {
        List<LinesPart> parts = new ArrayList<>();
        for (SourceFile file : files) {
            parts.addAll(LinesPart.of(file.path(), partBytes, LONGEST));
        }
        var count = new LongAdder();
        try {
            boolean plain = parts.parallelStream().allMatch(part -> {
                var lines = new PlainLines(fields, requireGoing);
                boolean all = lines.arePlain(part);
                count.add(lines.rows);
                return all;
            });
            return plain ? OptionalLong.of(count.sum()) : OptionalLong.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean arePlain(LinesPart part) {
        try (FileChannel file = FileChannel.open(part.path())) {
            return arePlain(file, part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean arePlain(FileChannel file, LinesPart part) throws IOException {
        long at = part.from();
        while (at < part.to()) {
            int room = (int) Math.min(LONGEST - held, part.to() - at);
            int more = file.read(ByteBuffer.wrap(bytes, held, room), at);
            if (more < 0) {
                break;
            }
            at += more;
            held += more;
            requireGoing.run();
            if (!areWholeOnesPlain() || held == LONGEST) {
                return false;
            }
        }
        return isLastPlain();
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
