package dev.sluice.item.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A stream's characters in UTF-8. What is no character becomes a byte that no UTF-8 has, so that the row around it is
 * found when rows are checked, and no other is harmed.
 */
final class TranscodedStream extends InputStream {

    private static final int CHARS = 1 << 16;
    private static final byte NO_CHARACTER = (byte) 0xFF;

    private final InputStream in;
    private final int unitBytes;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final ByteBuffer encoded = ByteBuffer.allocate(2 * CHARS).flip();
    private final CharBuffer chars = CharBuffer.allocate(CHARS);
    private final ByteBuffer utf8 = ByteBuffer.allocate(3 * CHARS + 1).flip();
    private boolean ended;

    TranscodedStream(InputStream in, Encoding encoding) {
        this.in = in;
        this.unitBytes = encoding.unitBytes();
        this.decoder = encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read() throws IOException {
        return hasBytes() ? Byte.toUnsignedInt(utf8.get()) : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!hasBytes()) {
            return -1;
        }
        int n = Math.min(length, utf8.remaining());
        utf8.get(bytes, offset, n);
        return n;
    }

    private boolean hasBytes() throws IOException {
        while (!utf8.hasRemaining() && !(ended && !encoded.hasRemaining())) {
            fill();
            transcode();
        }
        return utf8.hasRemaining();
    }

    private void fill() throws IOException {
        encoded.compact();
        int n = in.read(encoded.array(), encoded.position(), encoded.remaining());
        ended = n < 0;
        encoded.position(encoded.position() + Math.max(n, 0)).flip();
    }

    private void transcode() {
        CoderResult result = decoder.decode(encoded, chars, ended);
        chars.flip();
        utf8.clear();
        encoder.encode(chars, utf8, false);
        chars.compact();
        if (result.isMalformed()) {
            // a decoder may count the character behind half a surrogate pair in; that one is read again
            encoded.position(encoded.position() + Math.min(result.length(), unitBytes));
            utf8.put(NO_CHARACTER);
            decoder.reset();
        }
        utf8.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
