package dev.sluice.bigquery;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
import java.io.IOException;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Google's transport over pooled connections, each exchange cut at its deadline. Thread-safe. */
final class PooledTransport implements ConnectionLoad, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PooledTransport.class);
    private static final long LOOK_MILLIS = 10;
    private static final long TIDY_MILLIS = 10_000;
    private static final TimeValue LONGEST_IDLE = TimeValue.ofMinutes(1);
    /** Closing a connection may wait for the server; deadlines must not. */
    private static final int LOOKING_AND_TIDYING = 2;

    /** Those that somebody still knows; the pool forgets one that was cut while it was made or handed over. */
    private final Set<ManagedHttpClientConnection> made =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final NameResolution names;
    private final PoolingHttpClientConnectionManager pool;
    private final ScheduledThreadPoolExecutor watchdog;
    private final DeadlineHttpClient client;
    private final HttpTransport transport;

    PooledTransport(BigQueryProperties properties, DnsResolver resolver) {
        names = new NameResolution(resolver);
        Timeout connectTimeout = Timeout.of(properties.connectTimeout());
        pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setConnectionFactory(this::connection)
                // strict has one lock, for which callers queue; lax bounds each host by itself, and BigQuery is one
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(properties.poolSize())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .build())
                .build();
        watchdog = new ScheduledThreadPoolExecutor(LOOKING_AND_TIDYING, DaemonThreads.named("bigquery-deadline"));
        client = new DeadlineHttpClient(client(pool), connectTimeout);
        again(watchdog, client::cutLate, LOOK_MILLIS);
        again(watchdog, () -> tidy(LONGEST_IDLE), TIDY_MILLIS);
        transport = new Apache5HttpTransport(client);
    }

    private static void again(ScheduledThreadPoolExecutor watchdog, Runnable work, long millis) {
        var unused = watchdog.scheduleWithFixedDelay(() -> whatever(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A look that fails must not be the last one: nothing else keeps deadlines. */
    private static void whatever(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            log.error("a look at the exchanges with BigQuery failed; the next one follows", e);
        }
    }

    private ManagedHttpClientConnection connection(@Nullable Socket socket) throws IOException {
        ManagedHttpClientConnection connection = ManagedHttpClientConnectionFactory.INSTANCE.createConnection(socket);
        CurrentDeadline.required().opens(connection);
        made.add(connection);
        return connection;
    }

    static void close(ManagedHttpClientConnection connection) {
        connection.close(CloseMode.IMMEDIATE);
        Socket socket = connection.getSocket(); // which it was given while it was closed
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            log.warn("a connection to BigQuery does not close: {}", e.toString());
        }
    }

    private static CloseableHttpClient client(PoolingHttpClientConnectionManager pool) {
        return HttpClients.custom()
                .setConnectionManager(pool)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableContentCompression()
                .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "connected", (request, scope, chain) -> {
                    CurrentDeadline.required().connected();
                    return chain.proceed(request, scope);
                })
                .build();
    }

    HttpTransport transport() {
        return transport;
    }

    @Override
    public int leased() {
        return pool.getTotalStats().getLeased();
    }

    @Override
    public int open() {
        PoolStats stats = pool.getTotalStats();
        return stats.getLeased() + stats.getAvailable();
    }

    /** The pool counts those whose time was up until a connection comes back, so those under way say how many wait. */
    @Override
    public int waiting() {
        PoolStats stats = pool.getTotalStats();
        return Math.max(0, Math.min(stats.getPending(), client.underWay() - stats.getLeased()));
    }

    /** Closes connections that nobody has used for so long: the server will have hung up, or will soon. */
    void tidy(TimeValue idle) {
        pool.closeIdle(idle);
    }

    /** Cuts what is under way; the next exchange finds the transport as it was. */
    void cut() {
        client.cut();
    }

    /** Cuts what is still under way. */
    @Override
    public void close() throws IOException {
        try {
            transport.shutdown();
            List.copyOf(made).forEach(PooledTransport::close);
        } finally {
            watchdog.shutdownNow();
            names.close();
        }
    }
}
