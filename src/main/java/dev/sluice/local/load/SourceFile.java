package dev.sluice.local.load;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file to load.
 *
 * @param uri as the job names it; empty for an upload
 */
public record SourceFile(Path path, String uri) {

    private static final int BUFFER = 1 << 18;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    String named() {
        return uri.isEmpty() ? "" : " File: " + uri;
    }

    /** Its content, unpacked if it is gzip. */
    InputStream open() throws IOException {
        var content = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        content.mark(2);
        boolean gzip = content.read() == GZIP_FIRST && content.read() == GZIP_SECOND;
        content.reset();
        return gzip ? new GZIPInputStream(content, BUFFER) : content;
    }

    /** Its text, without a byte order mark; what is not of the charset throws. */
    BufferedReader text(Charset charset) throws IOException {
        return text(charset, CodingErrorAction.REPORT);
    }

    /** As {@link #text(Charset)}, but what is not of the charset is U+FFFD. */
    BufferedReader replacedText(Charset charset) throws IOException {
        return text(charset, CodingErrorAction.REPLACE);
    }

    private BufferedReader text(Charset charset, CodingErrorAction malformed) throws IOException {
        var reader = new BufferedReader(
                new InputStreamReader(open(), charset.newDecoder().onMalformedInput(malformed)), BUFFER);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    public long size() throws IOException {
        return Files.size(path);
    }
}
