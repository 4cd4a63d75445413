package dev.sluice.item.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** All members of a gzip file. The JDK takes whatever it cannot read behind a member for the file's end. */
final class WholeGzipStream extends GZIPInputStream {

    private static final int BUFFER_BYTES = 1 << 18;
    private static final int TRAILER_BYTES = 8;

    WholeGzipStream(InputStream in) throws IOException {
        super(in, BUFFER_BYTES);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        if (n < 0 && (inf.getRemaining() > TRAILER_BYTES || in.available() > 0)) {
            throw new ZipException("what follows the last whole member is no gzip");
        }
        return n;
    }
}
