package dev.sluice.item;

import java.nio.charset.StandardCharsets;

/** Accepted rows of one unit, a line each. Not thread-safe. */
final class UnitContent {

    private static final byte[] NEWLINE = {'\n'};

    private final BlockContent lines;
    private byte[] rowEnd = NEWLINE;
    private long longest;

    UnitContent(ContentBlocks memory) {
        this.lines = new BlockContent(memory);
    }

    /** The next row gets one more column: where it stands in the source. */
    void number(String column, long row) {
        rowEnd = (",\"" + column + "\":" + row + "}\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Appends one row, a JSON object, and the newline that ends it. */
    void row(byte[] bytes, int from, int to) {
        long begun = lines.size();
        lines.append(bytes, from, rowEnd.length == NEWLINE.length ? to : endOfMembers(bytes, to));
        lines.append(rowEnd, 0, rowEnd.length);
        longest = Math.max(longest, lines.size() - begun);
    }

    /** Whoever numbers rows has a key, so that no row is an empty object and a comma fits. */
    private static int endOfMembers(byte[] bytes, int to) {
        int brace = to - 1;
        while (bytes[brace] != '}') {
            brace--;
        }
        return brace;
    }

    /** Bytes of the longest row so far, with its newline. */
    long longest() {
        return longest;
    }

    /** The rows so far; the memory goes with them. */
    BlockContent lines() {
        return lines;
    }
}
