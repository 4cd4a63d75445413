package dev.sluice.home;

import org.jspecify.annotations.Nullable;

/** The home server could not be started or reached in time; the message says why and where its log is. Exit code 8. */
public final class HomeUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HomeUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
