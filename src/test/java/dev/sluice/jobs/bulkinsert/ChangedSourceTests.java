package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.item.source.SourceFile;
import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written to before, while and after they are loaded: never half of one and half of the other. */
@ExtendWith(SharedFixture.class)
class ChangedSourceTests {

    private static final String TABLE = "every_type";

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();
    private Path source = Path.of("");

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private Order order(String content) throws IOException {
        source = fixture.file(org + ".ndjson", content);
        return Order.of(TABLE, source, org);
    }

    private List<List<Object>> stored() {
        return fixture.tenantRows(org, TABLE);
    }

    private static void requireRefused(LaunchOutcome outcome, String words) {
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.messages()).singleElement().asString().containsPattern(words);
    }

    @Test
    void isRefusedIfItChangedSinceTheRunBegan() throws IOException {
        Order order = order("{\"id\":1}\nbad\n");
        assertThat(fixture.start(order).exitCode()).isEqualTo(ExitCode.FAILED);
        Files.writeString(source, "{\"id\":1}\n{\"id\":2}\n");
        requireRefused(
                fixture.start(order),
                "has changed since run \\d+ began to load it: SHA-256 was [0-9a-f]{16}… and is [0-9a-f]{16}… now");
        assertThat(stored()).isEmpty();
    }

    @Test
    void isTheSameAfterSomebodyHasTouchedIt() throws IOException {
        Order order = order("{\"id\":1}\nbad\n");
        assertThat(fixture.start(order).exitCode()).isEqualTo(ExitCode.FAILED);
        Files.writeString(source, Files.readString(source));
        assertThat(fixture.counts(fixture.start(order.with("maxRejects", 1)))).startsWith(2L, 1L);
    }

    /** With a stamp it is a file system that lies: it says that nobody has written to what is not the same any more. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commitsNoneOfItsRowsIfItIsNotWhatTheRunBeganWith(boolean stamped) throws IOException {
        Order order = order("{\"id\":1}\n");
        LaunchOutcome first = fixture.start(
                order, (run, job, parameters, resumed) -> fixture.recordAnotherSource(run, stamped ? stamp() : null));
        requireRefused(first, "changed while it was loaded, SHA-256 was another and is [0-9a-f]{16}… now");
        requireRefused(fixture.start(order), "SHA-256 was another and is [0-9a-f]{16}… now");
        assertThat(fixture.launcher()
                        .planRestart(Objects.requireNonNull(first.runId()))
                        .steps())
                .filteredOn(step -> step.name().equals("stageRows"))
                .singleElement()
                .satisfies(step -> assertThat(step.written()).isZero());
        assertThat(stored()).isEmpty();
    }

    private @Nullable String stamp() {
        return SourceDigests.name(new SourceDigests(1, Clock.systemUTC()).stamps(List.of(SourceFile.of(source))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsNothingThatWasReadWhileSomebodyWrote(boolean putBackAtOnce) throws IOException {
        String right = IntStream.range(0, 8_000)
                .mapToObj(id -> "{\"id\":%d,\"a_string\":\"%s\"}\n".formatted(id, "right ".repeat(70)))
                .collect(Collectors.joining());
        Order order = order(right).with("unitSize", "1MB");
        String wrong = right.replace("right", "wrong");
        fixture.otherWriter().before("load", () -> {
            write(wrong);
            if (putBackAtOnce) {
                write(right);
            }
        });
        // so young a file is digested while the other one writes, and may be caught at it
        requireRefused(fixture.start(order), "changed while it was (loaded|read)|it is now as it was");
        write(right);
        assertThat(fixture.counts(fixture.start(order))).containsExactly(8_000L, 0L, 8_000L, 0L, 0L, 0L);
        assertThat(fixture.texts(
                        "SELECT DISTINCT SUBSTR(a_string, 1, 5) FROM `sluice-local.%s_test.every_type`".formatted(org)))
                .containsExactly("right");
    }

    @Test
    void setsNothingAsideOfWhatWasNotStaged() throws IOException {
        String right = "{\"id\":1}\n{\"id\":2}\n{\"id\":2,\"a_string\":\"again\"}\n";
        Order order = order(right).with("mode", "merge").with("maxRejects", 2);
        fixture.otherWriter().before("bulk-insert/find-faulty-rows.sql", () -> write(right.replace("again", "other")));
        LaunchOutcome first = fixture.start(order);
        requireRefused(first, "changed while it was loaded, SHA-256 was [0-9a-f]{16}… and is [0-9a-f]{16}… now");
        assertThat(fixture.deadLetters(first)).isEmpty();
        assertThat(stored()).isEmpty();

        write(right);
        LaunchOutcome second = fixture.start(order);
        assertThat(fixture.counts(second)).containsExactly(3L, 2L, 1L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters(second))
                .containsExactly("2: another row has the same key (id)", "3: another row has the same key (id)");
    }

    private void write(String content) {
        try {
            Files.writeString(source, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
