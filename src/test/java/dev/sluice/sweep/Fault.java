package dev.sluice.sweep;

import com.google.api.client.http.InterceptedTransport.Exchange;
import com.google.api.client.http.InterceptedTransport.Interception;
import com.google.api.client.http.LowLevelHttpResponse;
import com.google.api.client.testing.http.MockLowLevelHttpResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** What a network or a server does to one exchange. */
enum Fault {
    REQUEST_LOST {
        @Override
        LowLevelHttpResponse befall(Exchange exchange) throws IOException {
            throw new IOException("the connection was cut before the request arrived");
        }
    },
    REPLY_LOST {
        @Override
        LowLevelHttpResponse befall(Exchange exchange) throws IOException {
            exchange.send().disconnect();
            throw new IOException("the connection was cut after the request had its effect");
        }
    },
    DELIVERED_TWICE {
        @Override
        LowLevelHttpResponse befall(Exchange exchange) throws IOException {
            exchange.send().disconnect();
            return exchange.send();
        }
    },
    UNAVAILABLE {
        @Override
        LowLevelHttpResponse befall(Exchange exchange) {
            return refusal(503, "backendError");
        }
    },
    /** The effect happened, and the server says that it is overloaded. */
    FAILED_AFTER_ALL {
        @Override
        LowLevelHttpResponse befall(Exchange exchange) throws IOException {
            exchange.send().disconnect();
            return refusal(500, "internalError");
        }
    },
    /** The server says that it has done that before, and has not. */
    CONFLICT {
        @Override
        LowLevelHttpResponse befall(Exchange exchange) {
            return refusal(409, "duplicate");
        }
    },
    RATE_LIMITED {
        @Override
        LowLevelHttpResponse befall(Exchange exchange) {
            return refusal(403, "rateLimitExceeded");
        }
    };

    abstract LowLevelHttpResponse befall(Exchange exchange) throws IOException;

    private static LowLevelHttpResponse refusal(int status, String reason) {
        return new MockLowLevelHttpResponse()
                .setStatusCode(status)
                .setContentType("application/json")
                .setContent(
                        "{\"error\":{\"code\":%1$d,\"message\":\"planned\",\"errors\":[{\"reason\":\"%2$s\",\"message\":\"planned\"}]}}"
                                .formatted(status, reason));
    }

    /** Befalls one exchange and lets all others be, until it is over. */
    static final class At implements Interception {

        private final Fault fault;
        private final long number;
        private final AtomicLong exchanges = new AtomicLong();
        private volatile boolean over;
        private volatile boolean struck;

        /** @param number of the exchange, from 1; 0 for none */
        At(Fault fault, long number) {
            this.fault = fault;
            this.number = number;
        }

        @Override
        public LowLevelHttpResponse around(Exchange exchange) throws IOException {
            if (exchanges.incrementAndGet() != number || over) {
                return exchange.send();
            }
            struck = true;
            return fault.befall(exchange);
        }

        /** @return whether it struck; it does no more */
        boolean end() {
            over = true;
            return struck;
        }

        long count() {
            return exchanges.get();
        }
    }
}
