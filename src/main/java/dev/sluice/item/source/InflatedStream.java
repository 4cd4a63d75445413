package dev.sluice.item.source;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * A compressed file's content. Every fault says how far the content could be read; a file that grows beyond measure is
 * taken for a bomb.
 */
final class InflatedStream extends FilterInputStream {

    private static final long HARMLESS_BYTES = 16L << 20;

    private final SourceFile file;
    private final CountedStream compressed;
    private final int maxExpansion;
    private long inflated;
    private long lines;

    private InflatedStream(SourceFile file, CountedStream compressed, InputStream content, int maxExpansion) {
        super(content);
        this.file = file;
        this.compressed = compressed;
        this.maxExpansion = maxExpansion;
    }

    /** @param maxExpansion how many times its compressed size the content may be */
    static InputStream open(SourceFile file, InputStream in, int maxExpansion) throws IOException {
        var compressed = new CountedStream(in);
        try {
            return new InflatedStream(file, compressed, file.compression().inflate(compressed), maxExpansion);
        } catch (IOException e) {
            in.close();
            throw broken(file, 1, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            n = super.read(bytes, offset, length);
            if (n < 0 && compressed.count == 0) {
                throw new EOFException("the file is empty");
            }
        } catch (IOException e) {
            throw broken(file, lines + 1, e);
        }
        for (int i = offset; i < offset + n; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        inflated += Math.max(n, 0);
        if (inflated > HARMLESS_BYTES && inflated / maxExpansion > compressed.count) {
            throw new BrokenSource(
                    "%s grows to more than %d times its size (at line %d); if that is right, raise sluice.bulk-insert.max-expansion"
                            .formatted(file.path(), maxExpansion, lines + 1));
        }
        return n;
    }

    @Override
    public long skip(long count) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(count, HARMLESS_BYTES >> 4)]));
    }

    private static BrokenSource broken(SourceFile file, long line, IOException cause) {
        return new BrokenSource("%s cannot be decompressed beyond line %d: %s (%s); get it again, whole"
                .formatted(
                        file.path(),
                        line,
                        file.compression().name().toLowerCase(Locale.ROOT) + " data is broken or cut off",
                        cause.getMessage() == null ? "it ends too early" : cause.getMessage()));
    }

    private static final class CountedStream extends FilterInputStream {

        private long count;

        CountedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            count += Math.max(n, 0);
            return n;
        }
    }
}
