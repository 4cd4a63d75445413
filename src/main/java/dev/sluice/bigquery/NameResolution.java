package dev.sluice.bigquery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/** Looks names up on threads of its own, because a look-up cannot be cut: the caller leaves it at its deadline. */
final class NameResolution implements DnsResolver, AutoCloseable {

    private static final int LOOK_UPS_AT_ONCE = 4;
    private static final int IDLE_SECONDS = 10;

    private final DnsResolver resolver;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            LOOK_UPS_AT_ONCE,
            LOOK_UPS_AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.named("bigquery-names"));

    NameResolution(DnsResolver resolver) {
        this.resolver = resolver;
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        long remaining = CurrentDeadline.required().deadline().remaining().toNanos();
        Future<InetAddress[]> addresses = threads.submit(() -> resolver.resolve(host));
        try {
            return addresses.get(remaining, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unknown(host, "no address came in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(host, "interrupted", e);
        } catch (ExecutionException e) {
            throw unknown(host, "it has no address", e);
        } finally {
            addresses.cancel(true);
        }
    }

    private static UnknownHostException unknown(String host, String reason, Exception cause) {
        var failure = new UnknownHostException(host + ": " + reason);
        failure.initCause(cause);
        return failure;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return resolver.resolveCanonicalHostname(host);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
