package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadlineHttpClientTests {

    private final AtomicLong nanos = new AtomicLong();
    private final Deadline deadline = new RunningDeadline(Tier.USER, Duration.ofSeconds(1), nanos::get);

    /** Begins exchanges that end in this way, and cuts them in that. */
    private static final class Ends extends CloseableHttpClient {
        private final RuntimeException end;
        private final Cancellable cut;

        Ends(RuntimeException end, Cancellable cut) {
            this.end = end;
            this.cut = cut;
        }

        @Override
        protected CloseableHttpResponse doExecute(
                @Nullable HttpHost target, ClassicHttpRequest request, @Nullable HttpContext context) {
            ((HttpUriRequestBase) request).setDependency(cut);
            throw end;
        }

        @Override
        public void close(CloseMode mode) {}

        @Override
        public void close() {}
    }

    private static DeadlineHttpClient client(RuntimeException end, Cancellable cut) {
        return new DeadlineHttpClient(new Ends(end, cut), Timeout.ofSeconds(1));
    }

    private static Throwable begin(DeadlineHttpClient client) {
        var exchange = new HttpGet("http://127.0.0.1/");
        exchange.setConfig(RequestConfig.DEFAULT);
        return catchThrowable(() -> client.executeOpen(null, exchange, null));
    }

    @Test
    void cutsTheOthersWhenOneFailsToBeCut() throws IOException {
        List<String> cut = new ArrayList<>();
        DeadlineHttpClient client = client(new CancellationException(), () -> {
            cut.add("cut");
            throw new IllegalStateException("it is not leased");
        });
        new CurrentDeadline(deadline).during(() -> {
            for (int i = 0; i < 3; i++) {
                begin(client);
            }
            client.cutLate();
            assertThat(cut).as("in time").isEmpty();
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            client.cutLate();
            client.cutLate();
            return true;
        });
        assertThat(cut).hasSize(3);
        assertThat(client.underWay()).isZero();
    }

    @Test
    void takesBeingCutBeforeSendingForABrokenExchange() throws IOException {
        for (RuntimeException end : List.of(new CancellationException(), new IllegalStateException("pool shut down"))) {
            DeadlineHttpClient client = client(end, () -> true);
            Throwable failure = new CurrentDeadline(deadline).during(() -> begin(client));
            assertThat(failure).isInstanceOf(IOException.class).hasCause(end);
        }
    }

    @Test
    void hasOneWayIn() {
        DeadlineHttpClient client = client(new CancellationException(), () -> true);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client.execute(new HttpGet("http://127.0.0.1/"), response -> true))
                .withMessageContaining("own way in");
    }
}
