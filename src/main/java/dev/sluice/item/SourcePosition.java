package dev.sluice.item;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Between two rows of a source. Offsets count decompressed bytes in UTF-8.
 *
 * @param file the index of the file, from 0
 * @param offset in that file
 * @param line on which the next row starts, from 1
 * @param before the bytes of all files before that one
 */
public record SourcePosition(int file, long offset, long line, long before) {

    static final SourcePosition START = new SourcePosition(0, 0, 1, 0);

    private static final String FILE = "file";
    private static final String OFFSET = "offset";
    private static final String LINE = "line";
    private static final String BEFORE = "bytesBefore";

    static SourcePosition from(ExecutionContext context) {
        return new SourcePosition(
                context.getInt(FILE, 0),
                context.getLong(OFFSET, 0),
                context.getLong(LINE, 1),
                context.getLong(BEFORE, 0));
    }

    void save(ExecutionContext context) {
        context.putInt(FILE, file);
        context.putLong(OFFSET, offset);
        context.putLong(LINE, line);
        context.putLong(BEFORE, before);
    }

    /** As if all files were one. */
    public long total() {
        return before + offset;
    }

    SourcePosition at(long newOffset, long newLine) {
        return new SourcePosition(file, newOffset, newLine, before);
    }

    SourcePosition nextFile() {
        return new SourcePosition(file + 1, 0, 1, total());
    }
}
