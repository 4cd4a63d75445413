package dev.sluice.item.source;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/** All frames of a zstd file. The library's own stream takes half a frame behind a whole one for the file's end. */
final class WholeZstdStream extends InputStream {

    private static final int BUFFER_BYTES = 1 << 18;

    private final InputStream in;
    private final ZstdDecompressCtx frames = new ZstdDecompressCtx();
    private final byte[] transfer = new byte[BUFFER_BYTES];
    private final ByteBuffer compressed =
            ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private final ByteBuffer content = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
    private boolean frameEnded = true;

    WholeZstdStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return hasContent() ? Byte.toUnsignedInt(content.get()) : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!hasContent()) {
            return -1;
        }
        int n = Math.min(length, content.remaining());
        content.get(bytes, offset, n);
        return n;
    }

    private boolean hasContent() throws IOException {
        while (!content.hasRemaining()) {
            // a full buffer may have left content inside the decoder
            boolean more = content.limit() == content.capacity() && !frameEnded;
            if (!compressed.hasRemaining() && !fill() && !more) {
                if (!frameEnded) {
                    throw new EOFException("the last frame is cut off");
                }
                return false;
            }
            decompress();
        }
        return true;
    }

    private boolean fill() throws IOException {
        int n = in.read(transfer);
        if (n > 0) {
            compressed.clear().put(transfer, 0, n).flip();
        }
        return n > 0;
    }

    private void decompress() throws IOException {
        content.clear();
        try {
            frameEnded = frames.decompressDirectByteBufferStream(content, compressed);
        } catch (ZstdException e) {
            throw new ZipException(e.getMessage());
        } finally {
            content.flip();
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
        in.close();
    }
}
