package dev.sluice.bigquery;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again from the start, because an upload may have to begin again. */
public interface LoadContent {

    /** Length in bytes; what {@link #open()} yields must have exactly this length. */
    long size();

    InputStream open() throws IOException;

    /** What {@link #open()} yields from a position on, for those who know a shorter way there. */
    default InputStream open(long from) throws IOException {
        InputStream in = open();
        try {
            in.skipNBytes(from);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
