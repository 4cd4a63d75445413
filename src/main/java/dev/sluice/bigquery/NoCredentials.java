package dev.sluice.bigquery;

import dev.sluice.definition.ExitHint;
import java.io.IOException;

/** This process has nothing to show to Google. */
final class NoCredentials extends RuntimeException implements ExitHint {

    private static final long serialVersionUID = 1L;

    /** @param cause not told: it may quote from a key file */
    NoCredentials(IOException cause) {
        super(
                "there are no Google credentials that can be used: set GOOGLE_APPLICATION_CREDENTIALS to a readable key"
                        + " file, or run 'gcloud auth application-default login'; without sluice.google.project-id the"
                        + " local BigQuery is used",
                cause);
    }

    /** Nothing is gained by waiting. */
    @Override
    public int exitCode() {
        return 2;
    }
}
