package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTests {

    private static final String TROUBLE =
            ". For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas";

    @TempDir
    private Path folder;

    private final MovableClock clock =
            new MovableClock(Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC));

    private LocalServer server(boolean enforced) throws Exception {
        return LocalServer.open(folder, clock, LocalSettings.defaults().withQuotas(enforced));
    }

    private static HttpResponse<String> rename(LocalServer server) throws Exception {
        return server.send("PATCH", "/datasets/house/tables/people", "{\"friendlyName\":\"people\"}");
    }

    @Test
    void theSixthChangeOfATableWithinTenSecondsIsRefused() throws Exception {
        try (var server = server(true)) {
            server.people();
            for (int i = 0; i < Quota.TABLE_UPDATES.limit() - 1; i++) {
                assertThat(rename(server).statusCode()).isEqualTo(200);
            }

            HttpResponse<String> refused = rename(server);

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body())
                    .contains(
                            "\"reason\":\"rateLimitExceeded\"",
                            "Exceeded rate limits: too many table update operations for this table" + TROUBLE);
            assertThat(server.load(
                            "\"sourceUris\":[\"gs://bucket/missing\"],\"destinationTable\":{\"datasetId\":\"house\","
                                    + "\"tableId\":\"people\"}"))
                    .contains("\"errorResult\"", "\"reason\":\"rateLimitExceeded\"");
            clock.advance(Duration.ofSeconds(11));
            assertThat(rename(server).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutEnforcementNothingIsRefused() throws Exception {
        try (var server = server(false)) {
            server.people();
            for (int i = 0; i < 2 * Quota.TABLE_UPDATES.limit(); i++) {
                assertThat(rename(server).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void tooManyRowsAndTooManyBytesOfAStreamAreRefused() throws Exception {
        String path = "/datasets/house/tables/people/insertAll";
        try (var server = server(true)) {
            server.people();

            assertThat(server.send(
                                    "POST",
                                    path,
                                    "{\"rows\":[%s]}".formatted(String.join(",", Collections.nCopies(50_001, "{}"))))
                            .body())
                    .contains("too many rows present in the request, limit: 50000 row count: 50001.");
            assertThat(server.send("POST", path, "{\"rows\":[\"%s\"]}".formatted("x".repeat(10 << 20)))
                            .body())
                    .contains("Request payload size exceeds the limit: 10485760 bytes.");
        }
    }

    @Test
    void aDaysLoadsAreCountedByTheDay() {
        var quotas = new Quotas(true, clock);
        for (int i = 0; i < Quota.TABLE_IMPORTS.limit(); i++) {
            quotas.count(Quota.TABLE_IMPORTS, "house.people");
        }

        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> quotas.count(Quota.TABLE_IMPORTS, "house.people"))
                .withMessage(
                        "Quota exceeded: Your table exceeded quota for imports or query appends per table" + TROUBLE)
                .matches(error -> error.reason().equals("quotaExceeded") && error.status() == 403);
        assertThatNoException().isThrownBy(() -> quotas.count(Quota.TABLE_IMPORTS, "house.others"));
        clock.advance(Duration.ofDays(1));
        assertThatNoException().isThrownBy(() -> quotas.count(Quota.TABLE_IMPORTS, "house.people"));
    }

    @Test
    void moreQueriesAtOnceThanBigQueryTakesAreRefused() {
        var quotas = new Quotas(true, clock);
        for (int i = 0; i < 100; i++) {
            quotas.querying();
        }

        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(quotas::querying)
                .withMessageStartingWith("Exceeded rate limits: too many concurrent queries");
        quotas.queried();
        quotas.queried();
        assertThatNoException().isThrownBy(quotas::querying);
    }
}
