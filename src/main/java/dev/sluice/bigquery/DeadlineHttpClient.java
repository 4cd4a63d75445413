package dev.sluice.bigquery;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an exchange at the current deadline, wherever it is: waiting for a pooled connection, connecting, sending,
 * waiting for headers, or reading the body. Socket timeouts alone bound only the gap between two reads. Refuses a
 * request without a deadline. Thread-safe.
 */
final class DeadlineHttpClient extends CloseableHttpClient {

    private final CloseableHttpClient client;
    private final ScheduledExecutorService watchdog;
    private final Duration connectTimeout;

    /** @param watchdog owned and closed by the caller */
    DeadlineHttpClient(CloseableHttpClient client, ScheduledExecutorService watchdog, Duration connectTimeout) {
        this.client = client;
        this.watchdog = watchdog;
        this.connectTimeout = connectTimeout;
    }

    @Override
    public ClassicHttpResponse executeOpen(
            @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context) throws IOException {
        CurrentDeadline current = CurrentDeadline.required();
        HttpUriRequestBase exchange = (HttpUriRequestBase) request;
        Duration remaining = current.deadline().remaining();
        if (remaining.isZero()) {
            throw new IOException("the deadline has passed");
        }
        exchange.setConfig(bounded(remaining));
        current.callOffAtEnd(watchdog.schedule(exchange::cancel, remaining.toNanos(), TimeUnit.NANOSECONDS));
        return client.executeOpen(target, exchange, context);
    }

    private RequestConfig bounded(Duration remaining) {
        Duration connect = remaining.compareTo(connectTimeout) < 0 ? remaining : connectTimeout;
        return RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(connect))
                .setResponseTimeout(Timeout.of(remaining))
                .setRedirectsEnabled(false)
                .build();
    }

    @Override
    protected CloseableHttpResponse doExecute(
            @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context) throws IOException {
        throw new IOException("cannot call BigQuery: only the transport's own way in keeps the deadline");
    }

    @Override
    public void close(CloseMode mode) {
        client.close(mode);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
