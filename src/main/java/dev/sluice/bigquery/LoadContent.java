package dev.sluice.bigquery;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read again from the start, because an upload may have to begin again. */
public interface LoadContent {

    /** Length in bytes; what {@link #open()} yields must have exactly this length. */
    long size();

    InputStream open() throws IOException;
}
