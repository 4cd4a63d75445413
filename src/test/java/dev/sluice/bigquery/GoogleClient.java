package dev.sluice.bigquery;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import dev.sluice.bigquery.ScriptedServer.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Google's own client before a scripted server, with retries and limits that are over soon. */
final class GoogleClient implements AutoCloseable {

    static final int ATTEMPTS = 3;
    static final long WATCHED_MILLIS = 700;
    private static final Duration LONG = Duration.ofSeconds(10);

    final ScriptedServer server;
    final BigQuery bigquery;

    GoogleClient(Script script) {
        this(script, LONG, LONG);
    }

    /** With a total timeout that is over before {@link #WATCHED_MILLIS}. */
    static GoogleClient hasty(Script script) {
        return new GoogleClient(script, Duration.ofMillis(300), LONG);
    }

    /** With a read timeout that is over before {@link #WATCHED_MILLIS}. */
    static GoogleClient impatient(Script script) {
        return new GoogleClient(script, LONG, Duration.ofMillis(250));
    }

    private GoogleClient(Script script, Duration total, Duration readTimeout) {
        server = new ScriptedServer(script);
        bigquery = BigQueryOptions.newBuilder()
                .setProjectId("p")
                .setHost(server.url())
                .setCredentials(NoCredentials.getInstance())
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout((int) LONG.toMillis())
                        .setReadTimeout((int) readTimeout.toMillis())
                        .build())
                .setRetrySettings(RetrySettings.newBuilder()
                        .setMaxAttempts(ATTEMPTS)
                        .setInitialRetryDelayDuration(Duration.ofMillis(1))
                        .setRetryDelayMultiplier(1)
                        .setMaxRetryDelayDuration(Duration.ofMillis(2))
                        .setTotalTimeoutDuration(total)
                        .build())
                .build()
                .getService();
    }

    interface Call {
        void make(BigQuery bigquery) throws Exception;
    }

    /** Makes a call that fails. */
    Exception failure(Call call) {
        try {
            call.make(bigquery);
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("it did not fail");
    }

    /** @return the exception's status, 0 without an answer */
    int status(Call call) {
        return failure(call) instanceof BigQueryException e ? e.getCode() : -1;
    }

    /** Whether a call is still under way after all its limits have passed. */
    boolean outlastsItsLimits(Call call) throws InterruptedException {
        return new Watched(call).isRunningAfter(WATCHED_MILLIS);
    }

    /** A call on a thread of its own. */
    final class Watched {
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Thread thread;

        Watched(Call call) {
            thread = new Thread(() -> {
                try {
                    call.make(bigquery);
                } catch (Exception e) {
                    // it ended, and that is what is watched
                } finally {
                    ended.countDown();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        boolean isRunningAfter(long millis) throws InterruptedException {
            return !ended.await(millis, TimeUnit.MILLISECONDS);
        }

        void interrupt() {
            thread.interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
