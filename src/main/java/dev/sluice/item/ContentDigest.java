package dev.sluice.item;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What tells a content from others: its SHA-256 if it is one piece, else the SHA-256 of those of its pieces, a line each;
 * all processors can work at it then.
 *
 * @param sha256 lower-case hex
 * @param size in bytes
 */
public record ContentDigest(String sha256, long size) {

    static final int PIECE_BYTES = 64 << 20;

    private static final int BUFFER_BYTES = 1 << 20;

    /**
     * Reads to the stream's end.
     *
     * @throws InterruptedIOException if the thread is interrupted, and stays so
     */
    public static ContentDigest of(InputStream in) throws IOException {
        List<String> pieces = new ArrayList<>();
        MessageDigest digest = Sha256.start();
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        long begun = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer, 0, room(size - begun))) {
            requireWanted();
            digest.update(buffer, 0, n);
            size += n;
            if (size - begun == PIECE_BYTES) {
                pieces.add(Sha256.hex(digest.digest()));
                begun = size;
            }
        }
        if (size > begun || size == 0) {
            pieces.add(Sha256.hex(digest.digest()));
        }
        return ofPieces(pieces, size);
    }

    private static void requireWanted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("nobody waits for the digest any more");
        }
    }

    private static int room(long inPiece) {
        return (int) Math.min(BUFFER_BYTES, PIECE_BYTES - inPiece);
    }

    /** The same, of a file as it is, by all processors; they stop if the thread is interrupted. */
    public static ContentDigest of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            long pieces = Math.max(1, (size + PIECE_BYTES - 1) / PIECE_BYTES);
            return ofPieces(
                    LongStream.range(0, pieces)
                            .parallel()
                            .mapToObj(piece -> piece(channel, piece * PIECE_BYTES, size))
                            .toList(),
                    size);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String piece(FileChannel channel, long start, long size) {
        MessageDigest digest = Sha256.start();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long end = Math.min(size, start + PIECE_BYTES);
        try {
            for (long at = start; at < end; at += buffer.limit()) {
                buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - at));
                if (channel.read(buffer, at) < 0) {
                    throw new EOFException("it became shorter while it was read");
                }
                digest.update(buffer.flip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sha256.hex(digest.digest());
    }

    /**
     * Of pieces in their order.
     *
     * @param pieces their SHA-256, lower-case hex; at least one
     * @param size of all of them in bytes
     */
    public static ContentDigest ofPieces(List<String> pieces, long size) {
        return new ContentDigest(pieces.size() == 1 ? pieces.get(0) : Sha256.of(String.join("\n", pieces)), size);
    }
}
