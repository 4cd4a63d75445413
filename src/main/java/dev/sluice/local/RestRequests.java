package dev.sluice.local;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.local.fault.FaultCall;
import dev.sluice.local.sql.SqlRefused;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that carry the token, as faults and quotas let it, and says what an error is. Thread-safe. */
final class RestRequests {

    private static final Logger log = LoggerFactory.getLogger(RestRequests.class);
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final byte[] authorization;
    private final FaultyCalls faults;
    private final Quotas quotas;
    private final Routes routes;
    private final String url;
    private volatile boolean asked;

    /** @param url that clients call the server by */
    RestRequests(String token, FaultyCalls faults, Quotas quotas, Routes routes, String url) {
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.faults = faults;
        this.quotas = quotas;
        this.routes = routes;
        this.url = url;
    }

    /** Whether there has been any. */
    boolean isAsked() {
        return asked;
    }

    void handle(HttpExchange http) throws IOException {
        asked = true;
        var exchange = new Exchange(http);
        try (http) {
            try {
                requireToken(exchange);
                exchange.readForm();
                exchange.readFields();
                FaultCall call = CallKinds.call(exchange.method(), exchange.path());
                if (faults.mayGoOn(exchange, call)) {
                    quotas.request(call);
                    exchange.delivery().deliver(() -> routes.handle(exchange, url));
                }
            } catch (ApiError e) {
                exchange.answer(e.status(), e.body());
            } catch (SqlRefused e) {
                ApiError error = ApiError.of(e);
                exchange.answer(error.status(), error.body());
            } catch (ZipException | EOFException e) {
                ApiError error =
                        new ApiError(BAD_REQUEST, "parseError", "The request's body is not gzip, or ends early");
                exchange.answer(error.status(), error.body());
            } catch (RuntimeException | StackOverflowError e) {
                log.error("cannot answer {} {}", exchange.method(), exchange.path(), e);
                ApiError error = ApiError.internal("see its log");
                exchange.answer(error.status(), error.body());
            }
        }
    }

    private void requireToken(Exchange exchange) {
        String given = exchange.header("Authorization");
        byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(authorization, bytes)) {
            throw new ApiError(UNAUTHORIZED, "authError", "Request had invalid authentication credentials");
        }
    }
}
