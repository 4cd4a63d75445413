package dev.sluice.bigquery;

import com.google.api.client.http.HttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A part of an upload, in a buffer that holds one part after the other. Written as a whole, so that TLS records are full. */
final class UploadChunk implements HttpContent {

    private final byte[] buffer;
    private int length;

    UploadChunk(int mostBytes) {
        this.buffer = new byte[mostBytes];
    }

    /** @return whether there were so many bytes */
    boolean fill(InputStream in, int newLength) throws IOException {
        length = newLength;
        return in.readNBytes(buffer, 0, newLength) == newLength;
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public @Nullable String getType() {
        return null;
    }

    @Override
    public boolean retrySupported() {
        return true;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(buffer, 0, length);
        out.flush();
    }
}
