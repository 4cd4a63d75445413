package dev.sluice.jobs.bulkinsert;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The resumable upload protocol as a program of few lines does it: whole chunks, one after the other, no repeats. */
final class RawUpload extends OutputStream {

    static final int CHUNK_BYTES = 8 << 20;

    private final String session;
    private final long size;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int filled;
    private long sent;

    /** @param size of all that will be written */
    RawUpload(String sink, String jobId, long size) throws IOException {
        var connection =
                (HttpURLConnection) URI.create(sink + "/upload/bigquery/v2/projects/p/jobs?uploadType=resumable")
                        .toURL()
                        .openConnection();
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write("{\"jobReference\":{\"projectId\":\"p\",\"jobId\":\"%s\"}}"
                    .formatted(jobId)
                    .getBytes(StandardCharsets.UTF_8));
        }
        connection.getInputStream().readAllBytes();
        this.session = connection.getHeaderField("Location");
        this.size = size;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = offset; at < offset + length; ) {
            int n = Math.min(offset + length - at, CHUNK_BYTES - filled);
            System.arraycopy(bytes, at, chunk, filled, n);
            filled += n;
            at += n;
            if (filled == CHUNK_BYTES) {
                send();
            }
        }
    }

    private void send() throws IOException {
        var connection = (HttpURLConnection) URI.create(session).toURL().openConnection();
        connection.setRequestMethod("PUT");
        connection.setInstanceFollowRedirects(false);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(filled);
        connection.setRequestProperty("Content-Range", "bytes %d-%d/%d".formatted(sent, sent + filled - 1, size));
        try (OutputStream out = connection.getOutputStream()) {
            out.write(chunk, 0, filled);
        }
        int status = connection.getResponseCode();
        if (status != 200 && status != 308) {
            throw new IOException("the sink answers " + status);
        }
        if (status == 200) {
            connection.getInputStream().readAllBytes();
        }
        sent += filled;
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        if (filled > 0) {
            send();
        }
    }
}
