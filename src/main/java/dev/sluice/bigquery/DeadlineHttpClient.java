package dev.sluice.bigquery;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts an exchange at the current deadline, wherever it is: waiting for a pooled connection, connecting, sending,
 * waiting for headers, or reading the body. Socket timeouts alone bound only the gap between two reads. Refuses a
 * request without a deadline. Thread-safe. One look at all exchanges every few milliseconds cuts them, not a timer for
 * each: callers would queue for the timers' lock.
 */
final class DeadlineHttpClient extends CloseableHttpClient {

    private static final Logger log = LoggerFactory.getLogger(DeadlineHttpClient.class);

    private static final long POOL_CLOCK_MILLIS = 5;

    private final CloseableHttpClient client;
    private final Timeout poolTimeout;
    private final Map<HttpUriRequestBase, Deadline> underWay = new ConcurrentHashMap<>();

    /** @param poolTimeout how long to wait for a pooled connection */
    DeadlineHttpClient(CloseableHttpClient client, Timeout poolTimeout) {
        this.client = client;
        this.poolTimeout = poolTimeout;
    }

    @Override
    public ClassicHttpResponse executeOpen(
            @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context) throws IOException {
        CurrentDeadline current = CurrentDeadline.required();
        HttpUriRequestBase exchange = (HttpUriRequestBase) request;
        Timeout remaining = Timeout.of(current.deadline().remaining());
        if (remaining.getDuration() == 0) {
            throw new IOException("the deadline has passed");
        }
        exchange.setConfig(bounded(exchange.getConfig(), remaining));
        current.connecting();
        underWay.put(exchange, current.deadline());
        current.atEnd(() -> {
            underWay.remove(exchange);
            if (exchange.isAborted()) {
                current.closeOpened();
            }
        });
        ClassicHttpResponse response = open(target, exchange, context);
        if (response.getCode() >= HttpStatus.SC_CLIENT_ERROR) {
            ErrorBody.read(response);
        }
        return response;
    }

    /** The client throws no IOException if it is cut, or closed, while it leases a connection or just after. */
    private ClassicHttpResponse open(
            @Nullable HttpHost target, HttpUriRequestBase exchange, @Nullable HttpContext context) throws IOException {
        try {
            return client.executeOpen(target, exchange, context);
        } catch (IllegalStateException e) {
            throw new IOException("cut before it was sent", e);
        }
    }

    /** Exchanges that have begun and not ended, with or without a connection. */
    int underWay() {
        return underWay.size();
    }

    /** Cuts every exchange that is under way. */
    void cut() {
        underWay.keySet().forEach(DeadlineHttpClient::cut);
    }

    /** Whatever happens to one, the others are cut, too. */
    private static void cut(HttpUriRequestBase exchange) {
        try {
            exchange.cancel();
        } catch (RuntimeException e) {
            log.warn("an exchange with BigQuery was not cut: {}", e.toString());
        }
    }

    /** Cuts every exchange whose deadline has passed. To be called again and again: nothing else keeps deadlines. */
    void cutLate() {
        underWay.forEach((exchange, deadline) -> {
            if (deadline.passed()) {
                cut(exchange);
            }
        });
    }

    /** Never longer than what the request asks for itself. */
    private RequestConfig bounded(RequestConfig asked, Timeout remaining) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(shorter(poolTimeout, later(remaining)))
                .setResponseTimeout(shorter(asked.getResponseTimeout(), remaining))
                .setRedirectsEnabled(false)
                .build();
    }

    /** The pool counts whole milliseconds of another clock; whom it sends away too early does not know that his time is up. */
    private static Timeout later(Timeout remaining) {
        return Timeout.of(remaining.toDuration().plusMillis(POOL_CLOCK_MILLIS));
    }

    private static Timeout shorter(@Nullable Timeout asked, Timeout remaining) {
        return asked != null && asked.isEnabled() && asked.compareTo(remaining) < 0 ? asked : remaining;
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
