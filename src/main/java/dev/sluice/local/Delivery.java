package dev.sluice.local;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.local.sql.SqlRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How a request comes to those who answer it, and how the answer gets out: once, whole and at once unless it shall not. */
final class Delivery {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final HttpExchange http;
    private boolean muted;
    private boolean repeated;
    private @Nullable Runnable betweenBytes;

    Delivery(HttpExchange http) {
        this.http = http;
    }

    /** Its answer is lost. */
    void mute() {
        muted = true;
    }

    /** It is delivered twice. */
    void repeat() {
        repeated = true;
    }

    /** Answers a request. */
    interface Handling {
        void once() throws IOException;
    }

    /** Delivers it as often as it shall be; only the last answer gets out. */
    void deliver(Handling handling) throws IOException {
        if (repeated) {
            byte[] body = http.getRequestBody().readAllBytes();
            muted = true;
            http.setStreams(new ByteArrayInputStream(body), null);
            try {
                handling.once();
            } catch (ApiError | SqlRefused e) {
                // nobody hears of it
            }
            muted = false;
            http.getResponseHeaders().clear();
            http.setStreams(new ByteArrayInputStream(body), null);
        }
        handling.once();
    }

    /** Its answer comes byte by byte. */
    void slowDown(Runnable pause) {
        betweenBytes = pause;
    }

    void answer(int status, byte[] bytes) throws IOException {
        if (muted) {
            return;
        }
        http.sendResponseHeaders(status, bytes.length);
        if (betweenBytes == null) {
            http.getResponseBody().write(bytes);
            return;
        }
        for (byte each : bytes) {
            http.getResponseBody().write(each);
            http.getResponseBody().flush();
            betweenBytes.run();
        }
    }

    void answerEmpty(int status) throws IOException {
        if (!muted) {
            http.sendResponseHeaders(status, status == NO_CONTENT || status == NOT_MODIFIED ? -1 : 0);
        }
    }
}
