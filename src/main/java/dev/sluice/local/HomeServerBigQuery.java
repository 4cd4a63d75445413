package dev.sluice.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.home.HomeFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The local BigQuery of the home server: refuses everything until the REST slice is joined in. */
final class HomeServerBigQuery implements AutoCloseable {

    private final HttpServer server;

    private HomeServerBigQuery(HttpServer server) {
        this.server = server;
    }

    static HomeServerBigQuery open(HomeFolder folder, int port, String token) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> answer(exchange, token));
        server.start();
        return new HomeServerBigQuery(server);
    }

    private static void answer(HttpExchange exchange, String token) throws IOException {
        boolean known = ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = "{\"error\":{\"code\":%d,\"message\":\"not served\"}}"
                .formatted(known ? 501 : 401)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 501 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
