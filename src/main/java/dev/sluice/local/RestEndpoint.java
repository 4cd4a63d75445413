package dev.sluice.local;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port on loopback at which requests are answered; for a fault, nobody may be there for a while. Thread-safe. */
final class RestEndpoint {

    private static final Logger log = LoggerFactory.getLogger(RestEndpoint.class);
    private static final int CALLS_THAT_MAY_CONNECT = 1024;
    private static final int ATTEMPTS = 100;
    private static final long RETRY_MILLIS = 20;
    private static final long CLOSE_SECONDS = 5;

    private final ExecutorService requests = RequestThreads.pool();
    private final int port;
    private HttpServer server;
    private boolean closed;
    private boolean refusing;

    private RestEndpoint(HttpServer server) {
        this.server = server;
        this.port = server.getAddress().getPort();
    }

    /** Takes the port, and nothing is answered yet. */
    static RestEndpoint bind(int port) throws IOException {
        return new RestEndpoint(create(port));
    }

    private static HttpServer create(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CALLS_THAT_MAY_CONNECT);
    }

    int port() {
        return port;
    }

    synchronized void serve(HttpHandler handler) {
        server.createContext("/", handler);
        server.setExecutor(requests);
        server.start();
    }

    /** Lets go of the port and cuts all connections; comes back after so long. While it is away nothing else happens. */
    synchronized void refuse(Duration length, HttpHandler handler, ScheduledExecutorService timer) {
        if (!closed && !refusing) {
            refusing = true;
            server.stop(0);
            schedule(length.toMillis(), handler, timer, ATTEMPTS);
        }
    }

    private void schedule(long millis, HttpHandler handler, ScheduledExecutorService timer, int attempts) {
        var unused = timer.schedule(() -> comeBack(handler, timer, attempts), millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void comeBack(HttpHandler handler, ScheduledExecutorService timer, int attempts) {
        if (closed) {
            return;
        }
        try {
            server = create(port);
            refusing = false;
            serve(handler);
        } catch (IOException e) {
            if (attempts > 1) {
                schedule(RETRY_MILLIS, handler, timer, attempts - 1);
            } else {
                log.error("cannot serve on port {} again: {}", port, e.getMessage());
            }
        }
    }

    /** Takes no more requests. */
    synchronized void stop() {
        closed = true;
        server.stop(0);
        requests.shutdownNow();
    }

    void awaitEnd() throws InterruptedException {
        requests.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
