package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.Instruction;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sources with the same rows, of which the first one's run dies between its claim and its publishing. */
@ExtendWith(SharedFixture.class)
class ClaimedContentTests {

    private static final String TABLE = "every_type";
    private static final String ROWS = "{\"id\":1}\n{\"id\":2}\n";

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private Order order(String name, boolean object) throws IOException {
        String path = "claimed/%s/%s.ndjson".formatted(org, name);
        if (object) {
            fixture.object(path, ROWS.getBytes(StandardCharsets.UTF_8));
            return Order.of(TABLE, "gs://" + path, org);
        }
        return Order.of(TABLE, fixture.file(org + name + ".ndjson", ROWS), org);
    }

    private long diesBeforePublishing(Order order) {
        fixture.otherWriter().before("bulk-insert/publish.sql", () -> {
            throw new IllegalStateException("the machine is gone");
        });
        LaunchOutcome failed = fixture.start(order);
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        return Objects.requireNonNull(failed.runId());
    }

    private void requireClaimed(Order other, long first) {
        LaunchOutcome refused = fixture.start(other);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.messages())
                .singleElement()
                .asString()
                .contains(
                        "belongs to run %d, which has not published it in".formatted(first),
                        "'restart %d'; 'abandon %d' gives it up".formatted(first, first));
        assertThat(fixture.tenantRows(org, TABLE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areLoadedOnceTheFirstIsAbandoned(boolean object) throws IOException {
        long first = diesBeforePublishing(order("one", object));
        Order other = order("two", object);
        requireClaimed(other, first);

        LaunchOutcome abandoned = fixture.launcher().abandon(first, new Instruction("ann", "gone"));
        assertThat(abandoned.messages()).first().asString().contains("may be published by others now");
        LaunchOutcome second = fixture.start(other);
        assertThat(fixture.counts(second)).containsExactly(2L, 0L, 2L, 0L, 0L, 0L);
    }

    /** Their checks and rejects are queries with that content's digest, which publish nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"avro", "ndjson"})
    void areLoadedOnceTheFirstIsAbandonedAfterItsChecks(String format) throws IOException {
        byte[] rows = format.equals("avro") ? avro() : (ROWS + "{\"id\":\"x\"}\n").getBytes(StandardCharsets.UTF_8);
        Order other = checked("two." + format, rows);
        long first = diesBeforePublishing(checked("one." + format, rows));
        requireClaimed(other, first);

        LaunchOutcome abandoned = fixture.launcher().abandon(first, new Instruction("ann", "gone"));
        assertThat(abandoned.messages()).first().asString().contains("may be published by others now");
        assertThat(fixture.start(other).exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(fixture.tenantRows(org, TABLE)).hasSize(2);
    }

    private byte[] avro() throws IOException {
        Path file = fixture.file(org + ".avro", "");
        return Files.readAllBytes(
                TypedFiles.avro(file, "{\"name\":\"id\",\"type\":\"long\"}", "{\"id\":1}", "{\"id\":2}"));
    }

    private Order checked(String name, byte[] rows) throws IOException {
        String path = "checked/%s/%s".formatted(org, name);
        if (name.endsWith("ndjson")) {
            fixture.object(path, rows);
        }
        Order order = name.endsWith("ndjson")
                ? Order.of(TABLE, "gs://" + path, org)
                : Order.of(TABLE, fixture.file(org + name, rows), org);
        return order.with("maxRejects", 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areLoadedOnceByTheFirstIfItIsRestarted(boolean object) throws IOException {
        Order one = order("one", object);
        long first = diesBeforePublishing(one);
        Order other = order("two", object);
        requireClaimed(other, first);

        assertThat(fixture.counts(fixture.start(one))).containsExactly(2L, 0L, 2L, 0L, 0L, 0L);
        LaunchOutcome done = fixture.start(other);
        assertThat(done.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(fixture.tenantRows(org, TABLE)).hasSize(2);
    }
}
