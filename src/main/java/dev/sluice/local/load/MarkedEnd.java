package dev.sluice.local.load;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/** A text and one more line, {@link #MARK}, which a value that is not ended would take in. */
final class MarkedEnd extends Reader {

    /** A character that no text holds. */
    static final String MARK = "\uFFFE";

    private final Reader text;
    private final Reader mark = new StringReader("\n" + MARK);

    MarkedEnd(Reader text) {
        this.text = text;
    }

    @Override
    public int read(char[] chars, int offset, int length) throws IOException {
        int read = text.read(chars, offset, length);
        return read < 0 ? mark.read(chars, offset, length) : read;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
