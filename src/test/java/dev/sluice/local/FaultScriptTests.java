package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultCall;
import dev.sluice.local.fault.FaultPlan;
import dev.sluice.local.fault.FaultScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultScriptTests {

    private static final Path SCHEMA = Path.of("scripts/fault-script.schema.json");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private FaultPlan plan(String yaml) throws IOException {
        return FaultScript.read(Files.writeString(folder.resolve("faults.yaml"), yaml), SCHEMA, CLOCK);
    }

    private static FaultCall call(String kind, String path) {
        return new FaultCall(kind, "GET", path, "", "");
    }

    private static List<Boolean> strikes(FaultPlan plan, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(call -> plan.next(call("jobs.get", "/jobs/a")).isPresent())
                .toList();
    }

    @Test
    void theNumberedCallsOfAKindAreHit() throws Exception {
        FaultPlan plan = plan("""
                rules:
                  - {on: jobs.get, path: jobs/a, calls: [2], fault: status, status: 403, reason: quotaExceeded}
                  - {on: jobs.get, after: 2027-01-01T00:00:00Z, fault: reset}
                """);

        assertThat(plan.next(call("jobs.get", "/jobs/b"))).isEmpty();
        assertThat(plan.next(call("jobs.list", "/jobs/a"))).isEmpty();
        assertThat(plan.next(call("jobs.get", "/jobs/a"))).isEmpty();
        assertThat(plan.next(call("jobs.get", "/jobs/a")))
                .isEqualTo(Optional.of(new Fault.Status(403, "quotaExceeded")));
        assertThat(plan.next(call("jobs.get", "/jobs/a"))).isEmpty();
        assertThat(plan.injected()).isEqualTo(1);
    }

    @Test
    void theSameSeedGivesTheSameFaults() throws Exception {
        String yaml = "seed: %d\nrules:\n  - {chance: 0.5, fault: reset}\n";

        List<Boolean> once = strikes(plan(yaml.formatted(7)), 64);

        assertThat(strikes(plan(yaml.formatted(7)), 64)).isEqualTo(once).contains(true, false);
        assertThat(strikes(plan(yaml.formatted(8)), 64)).isNotEqualTo(once);
    }

    @Test
    void aWrongScriptIsRefusedWithItsLine() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> plan("rules:\n  - fault: explode\n"))
                .withMessageContaining("faults.yaml:2");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> plan("rules:\n  - {fault: reset, calls: [0]}\n"))
                .withMessageContaining("faults.yaml:2");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> plan("rules:\n  - {fault: reset, path: '('}\n"))
                .withMessageContaining("faults.yaml:2");
    }

    @Test
    void aLostReplyHasItsEffectAndAResetHasNone() throws Exception {
        FaultPlan plan = plan("""
                rules:
                  - {on: datasets, calls: [1], fault: lost-reply}
                  - {on: datasets, calls: [2], fault: reset}
                  - {on: datasets, calls: [3], fault: stall, millis: 20}
                  - {on: datasets, calls: [4], fault: trickle, millis: 0}
                  - {on: datasets, calls: [5], fault: status, status: 500, reason: internalError}
                """);
        try (LocalServer server = LocalServer.open(folder.resolve("server"), plan)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> dataset(server, "one"));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> dataset(server, "two"));
            String list = server.send("GET", "/datasets", "").body();
            assertThat(list).contains("\"datasetId\":\"one\"").doesNotContain("\"datasetId\":\"two\"");
            assertThat(server.send("GET", "/datasets", "").body()).isEqualTo(list);
            assertThat(server.send("GET", "/datasets", "").body()).contains("internalError");
            assertThat(plan.injected()).isEqualTo(5);
        }
    }

    @Test
    void datasetJobTimeAndTheFirstCallSelect() throws Exception {
        FaultPlan plan = plan("""
                rules:
                  - {dataset: house, from: 2, fault: reset}
                  - {job: mine, before: 2026-11-26T00:00:01Z, fault: quota}
                  - {before: 2026-11-26T00:00:00Z, fault: refuse}
                """);

        assertThat(plan.next(new FaultCall("tables", "GET", "/", "house", ""))).isEmpty();
        assertThat(plan.next(new FaultCall("tables", "GET", "/", "garden", ""))).isEmpty();
        assertThat(plan.next(new FaultCall("tables", "GET", "/", "house", ""))).contains(new Fault.Reset());
        assertThat(plan.next(new FaultCall("insertAll", "POST", "/", "house", "")))
                .contains(new Fault.Reset());
        assertThat(plan.next(new FaultCall("jobs.get", "GET", "/", "", "mine")))
                .contains(new Fault.Status(403, "quotaExceeded"));
        assertThat(plan.next(new FaultCall(FaultCall.JOB, "RUN", "/", "house", "x")))
                .isEmpty();
    }

    @Test
    void aJobIsHitByWhatJobsSuffer() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> plan("rules:\n  - {on: job, fault: reset}\n"))
                .withMessageContaining("faults.yaml:2");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> plan("rules:\n  - {on: jobs.get, fault: fail-late}\n"))
                .withMessageContaining("faults.yaml:2");
    }

    @Test
    void aCallDeliveredTwiceHasItsEffectTwice() throws Exception {
        FaultPlan plan = plan("rules:\n  - {on: datasets, calls: [1], fault: duplicate}\n");
        try (LocalServer server = LocalServer.open(folder.resolve("server"), plan)) {
            assertThat(create(server, "one")).contains("\"reason\":\"duplicate\"");
            assertThat(create(server, "two")).contains("\"datasetId\":\"two\"");
        }
    }

    @Test
    void nobodyConnectsForAWhile() throws Exception {
        FaultPlan plan = plan("rules:\n  - {on: datasets, calls: [1], fault: refuse, millis: 300}\n");
        try (LocalServer server = LocalServer.open(folder.resolve("server"), plan)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> dataset(server, "one"));
            Exception refused = null;
            String answer = "";
            for (int asked = 0; asked < 20_000 && answer.isEmpty(); asked++) {
                try {
                    answer = create(server, "one");
                } catch (java.net.ConnectException e) {
                    refused = e;
                } catch (IOException e) {
                    // connected just before, and ended with all others
                    assertThat(refused).isNull();
                }
            }
            assertThat(refused).isNotNull();
            assertThat(answer).contains("\"datasetId\":\"one\"");
        }
    }

    @Test
    void aJobStaysRunningUntilItIsCancelled() throws Exception {
        FaultPlan plan = plan("""
                rules:
                  - {on: job, job: stuck, fault: stay-running, millis: 3600000}
                  - {on: job, job: late, fault: fail-late, millis: 10, reason: backendError}
                """);
        try (LocalServer server = LocalServer.open(folder.resolve("server"), plan)) {
            server.running("stuck", QueryJobConfiguration.of("CREATE SCHEMA house"));
            insert(server, "late", "CREATE SCHEMA house");
            assertThat(server.end("late")).contains("A fault that was asked for: backendError");
            insert(server, "good", "CREATE SCHEMA house");
            assertThat(server.end("good")).doesNotContain("errorResult");
            server.send("POST", "/jobs/stuck/cancel", "");
            assertThat(server.end("stuck")).contains("\"reason\":\"stopped\"");
            assertThat(plan.injected()).isEqualTo(2);
        }
    }

    @Test
    void theServersClockGoesAhead() throws Exception {
        FaultPlan plan = plan("rules:\n  - {on: datasets, calls: [2], fault: clock-ahead, millis: 86400000}\n");
        try (LocalServer server = LocalServer.open(folder.resolve("server"), CLOCK, plan)) {
            String hours = "SELECT TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), TIMESTAMP '%s', HOUR)"
                    .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS));
            assertThat(server.column(hours)).containsExactly("0");
            assertThat(create(server, "one")).contains("\"creationTime\":\"1795651200000\"");
            assertThat(create(server, "two")).contains("\"creationTime\":\"1795737600000\"");
            assertThat(create(server, "three")).contains("\"creationTime\":\"1795737600000\"");
            assertThat(server.column(hours)).containsExactly("24");
        }
    }

    @Test
    void appendsAreHitToo() throws Exception {
        FaultPlan plan = plan("""
                rules:
                  - {on: write.append, dataset: house, calls: [1], fault: duplicate}
                  - {on: write.append, calls: [2], fault: lost-reply}
                  - {on: write.finalize, fault: status, status: 400, reason: invalid}
                """);
        try (LocalServer server = LocalServer.openForWrites(folder.resolve("server"), plan)) {
            server.people();
            try (StorageClient storage = StorageClient.of(server)) {
                WriteStream stream = storage.create("people", WriteStream.Type.COMMITTED);
                try (JsonStreamWriter writer = storage.writer(stream.getName())) {
                    assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(() -> StorageClient.append(writer, 0, StorageClient.people(1)))
                            .withCauseInstanceOf(Exceptions.OffsetAlreadyExists.class);
                    // the client connects again and repeats what was not answered
                    assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(() -> StorageClient.append(writer, 1, StorageClient.people(2)))
                            .withCauseInstanceOf(Exceptions.OffsetAlreadyExists.class);
                }
                assertThatExceptionOfType(ApiException.class)
                        .isThrownBy(() -> storage.calls().finalizeWriteStream(stream.getName()))
                        .satisfies(e -> assertThat(e.getStatusCode().getCode()).isEqualTo(Code.INVALID_ARGUMENT));
                assertThat(server.column("SELECT id FROM house.people ORDER BY id"))
                        .containsExactly("1", "2");
                assertThat(plan.injected()).isEqualTo(3);
            }
        }
    }

    private static String insert(LocalServer server, String id, String sql) throws IOException, InterruptedException {
        return server.send(
                        "POST",
                        "/jobs",
                        "{\"jobReference\":{\"jobId\":\"%s\"},\"configuration\":{\"query\":{\"query\":\"%s\",\"useLegacySql\":false}}}"
                                .formatted(id, sql))
                .body();
    }

    private static void dataset(LocalServer server, String name) throws IOException, InterruptedException {
        create(server, name);
    }

    private static String create(LocalServer server, String name) throws IOException, InterruptedException {
        return server.send("POST", "/datasets", "{\"datasetReference\":{\"datasetId\":\"%s\"}}".formatted(name))
                .body();
    }
}
