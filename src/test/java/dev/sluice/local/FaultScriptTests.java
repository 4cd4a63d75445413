package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultPlan;
import dev.sluice.local.fault.FaultScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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

    private static List<Boolean> strikes(FaultPlan plan, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(call -> plan.next("jobs.get", "GET", "/jobs/a").isPresent())
                .toList();
    }

    @Test
    void theNumberedCallsOfAKindAreHit() throws Exception {
        FaultPlan plan = plan("""
                rules:
                  - {on: jobs.get, path: jobs/a, calls: [2], fault: status, status: 403, reason: quotaExceeded}
                  - {on: jobs.get, after: 2027-01-01T00:00:00Z, fault: reset}
                """);

        assertThat(plan.next("jobs.get", "GET", "/jobs/b")).isEmpty();
        assertThat(plan.next("jobs.list", "GET", "/jobs/a")).isEmpty();
        assertThat(plan.next("jobs.get", "GET", "/jobs/a")).isEmpty();
        assertThat(plan.next("jobs.get", "GET", "/jobs/a"))
                .isEqualTo(Optional.of(new Fault.Status(403, "quotaExceeded")));
        assertThat(plan.next("jobs.get", "GET", "/jobs/a")).isEmpty();
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

    private static void dataset(LocalServer server, String name) throws IOException, InterruptedException {
        server.send("POST", "/datasets", "{\"datasetReference\":{\"datasetId\":\"%s\"}}".formatted(name));
    }
}
