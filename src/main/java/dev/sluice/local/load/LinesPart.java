package dev.sluice.local.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a file, one after the other; its last one may lack its line feed.
 *
 * @param to after their last byte
 */
record LinesPart(Path path, long from, long to) {

    private static final int STEP = 1 << 13;

    /**
     * All lines of a file.
     *
     * @param bytes how many a part has, and the rest of its last line
     * @param longest a line that is longer may be cut in two
     */
    static List<LinesPart> of(Path path, int bytes, int longest) throws IOException {
        List<LinesPart> parts = new ArrayList<>();
        try (FileChannel file = FileChannel.open(path)) {
            long from = 0;
            while (from < file.size()) {
                long to = lineEnd(file, from + bytes, longest);
                parts.add(new LinesPart(path, from, to));
                from = to;
            }
        }
        return parts;
    }

    /** After the first line feed from there on, but not much farther than a line is long, nor than the file. */
    private static long lineEnd(FileChannel file, long from, int longest) throws IOException {
        var bytes = ByteBuffer.allocate(STEP);
        for (long at = from; at < from + longest; at += bytes.limit()) {
            if (file.read(bytes.clear(), at) < 0) {
                break;
            }
            bytes.flip();
            for (int i = 0; i < bytes.limit(); i++) {
                if (bytes.get(i) == '\n') {
                    return at + i + 1;
                }
            }
        }
        return Math.min(file.size(), from + longest);
    }
}
