package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.auth.oauth2.UserCredentials;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.ScriptedServer.Script;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clock")
class GoogleTokensTests {

    private static final Purpose PURPOSE = new Purpose(CallKind.FIND_TABLE, "read table d.t", null);
    private static final Duration LIMIT = Duration.ofMillis(400);
    private static final String TOKEN = """
            {"access_token": "fresh", "expires_in": 3600, "token_type": "Bearer"}""";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    /** A token server before which the door stands, and one request made with its tokens. */
    private final class Setting {
        private final ScriptedServer server;
        private final DoorUnderTest door;
        private final GoogleTokens tokens;
        private final RemoteCalls calls = DoorUnderTest.calls(time -> {});

        Setting(Script script) throws IOException {
            server = opened(new ScriptedServer(script));
            door = opened(new DoorUnderTest(server.url()));
            var credentials = UserCredentials.newBuilder()
                    .setClientId("client")
                    .setClientSecret("secret")
                    .setRefreshToken("refresh")
                    .setTokenServerUri(URI.create(server.url() + "/token"))
                    .setHttpTransportFactory(door.transport::transport)
                    .build();
            tokens = opened(new GoogleTokens(credentials, door.deadlines));
        }

        HttpRequest request(Duration limit) {
            return calls.call(
                    PURPOSE,
                    door.within(limit),
                    () -> door.transport
                            .transport()
                            .createRequestFactory(tokens)
                            .buildGetRequest(new GenericUrl(server.url() + "/bigquery")));
        }
    }

    @Test
    void fetchesATokenOnceAndPutsItOnEveryRequest() throws IOException {
        var setting = new Setting((request, connection) -> connection.json(200, TOKEN));
        for (int i = 0; i < 3; i++) {
            HttpRequest request = setting.request(Duration.ofSeconds(10));
            assertThat(request.getHeaders().getAuthorization()).isEqualTo("Bearer fresh");
        }
        assertThat(setting.server.count("POST", "/token")).isEqualTo(1);
        setting.door.assertNothingLeased();
    }

    @Test
    void keepsTheCallersDeadlineWhenTheTokenServerStalls() throws IOException {
        var setting = new Setting((request, connection) -> connection.stall());
        Deadline watch = setting.door.within(LIMIT);
        var failure = catchThrowableOfType(DeadlineExceeded.class, () -> setting.request(LIMIT));
        assertThat(failure).isNotNull();
        assertThat(watch.elapsed()).isBetween(LIMIT, LIMIT.plusMillis(250));
    }

    @Test
    void keepsTheDeadlineOfACallerWhoWaitsForAnothersFetch() throws Exception {
        var asked = new CountDownLatch(1);
        var setting = new Setting((request, connection) -> {
            asked.countDown();
            connection.stall();
        });
        var patient = CompletableFuture.runAsync(
                () -> catchThrowableOfType(DeadlineExceeded.class, () -> setting.request(LIMIT.multipliedBy(3))));
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

        Deadline watch = setting.door.within(LIMIT);
        assertThat(catchThrowableOfType(DeadlineExceeded.class, () -> setting.request(LIMIT)))
                .isNotNull();
        assertThat(watch.elapsed()).isBetween(LIMIT, LIMIT.plusMillis(250));
        patient.get(5, TimeUnit.SECONDS);
    }

    @Test
    void doesNotRepeatWhatTheTokenServerRefuses() throws IOException {
        var setting = new Setting((request, connection) -> connection.json(400, "{\"error\": \"invalid_grant\"}"));
        var failure = catchThrowableOfType(Permanent.class, () -> setting.request(Duration.ofSeconds(10)));
        assertThat(failure)
                .hasMessageContaining("read table d.t")
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("secret");
        assertThat(setting.server.count("POST", "/token")).isEqualTo(1);
    }

    /** Hands out token 1, 2, …; BigQuery takes only those from the given one on. */
    private static Script refusingTokensBefore(int good) {
        var issued = new AtomicInteger();
        return (request, connection) -> {
            if (request.path().equals("/token")) {
                connection.json(200, TOKEN.replace("fresh", "token-" + issued.incrementAndGet()));
                return;
            }
            boolean taken = !request.headers().get("authorization").matches("Bearer token-[0-" + (good - 1) + "]");
            connection.json(taken ? 200 : 401, "{}");
        };
    }

    private int statusOf(Setting setting) {
        Deadline deadline = setting.door.within(Duration.ofSeconds(10));
        return setting.calls.call(PURPOSE, deadline, () -> {
            HttpRequest request = setting.door
                    .transport
                    .transport()
                    .createRequestFactory(setting.tokens)
                    .buildGetRequest(new GenericUrl(setting.server.url() + "/bigquery"));
            HttpResponse response = request.execute();
            response.disconnect();
            return response.getStatusCode();
        });
    }

    @Test
    void renewsATokenThatIsRefusedAndRepeatsTheExchange() throws IOException {
        var setting = new Setting(refusingTokensBefore(2));
        assertThat(statusOf(setting)).isEqualTo(200);
        assertThat(setting.server.count("POST", "/token")).isEqualTo(2);
        setting.door.assertNothingLeased();
    }

    @Test
    void renewsATokenOnceForAllWhoseExchangesWereRefused() throws Exception {
        var setting = new Setting(refusingTokensBefore(2));
        var callers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> statusOf(setting)))
                .limit(8)
                .toList();
        for (var caller : callers) {
            assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        }
        assertThat(setting.server.count("POST", "/token")).isEqualTo(2);
    }

    @Test
    void givesUpWhenTheRenewedTokenIsRefusedToo() throws IOException {
        var setting = new Setting(refusingTokensBefore(9));
        assertThat(catchThrowableOfType(Permanent.class, () -> statusOf(setting)))
                .hasMessageContaining("credentials");
        assertThat(setting.server.count("GET", "/bigquery")).isEqualTo(2);
        assertThat(setting.server.count("POST", "/token")).isEqualTo(2);
    }
}
