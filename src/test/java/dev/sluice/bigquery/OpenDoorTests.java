package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.cloud.bigquery.DatasetId;
import dev.sluice.bigquery.BigQueryFailure.Closed;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import dev.sluice.bigquery.ScriptedServer.Script;
import dev.sluice.ledger.IntentState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the door closes, whatever goes on in it. */
@Tag("clock")
class OpenDoorTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String RUNNING = """
            {"jobReference": {"projectId": "p", "jobId": "job-1"}, "status": {"state": "RUNNING"},
             "configuration": {"labels": {"sluice_digest": "0123abcd"}, "query": {"query": "SELECT 1"}}}""";

    private final CountDownLatch arrived = new CountDownLatch(1);
    private @Nullable ScriptedServer server;
    private Gate gate = new Gate(DoorUnderTest.NO_LIMITS, System::nanoTime);

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private DoorUnderTest door(Script script) throws IOException {
        return door(script, 10, DoorUnderTest.NO_LIMITS);
    }

    private DoorUnderTest door(Script script, int poolSize, GateLimits limits) throws IOException {
        server = new ScriptedServer((request, connection) -> {
            arrived.countDown();
            script.play(request, connection);
        });
        gate = new Gate(limits, System::nanoTime);
        RemoteCalls calls = DoorUnderTest.calls(gate::pause, gate);
        return new DoorUnderTest(server.url(), poolSize, Duration.ofSeconds(20), calls, gate, System::nanoTime);
    }

    private static CompletableFuture<@Nullable Throwable> outcome(ThrowingCallable operation) {
        return CompletableFuture.supplyAsync(
                () -> catchThrowable(operation), work -> new Thread(work, "operation").start());
    }

    private void awaitArrival() throws InterruptedException {
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static FileLoad files() {
        return new FileLoad(
                DoorUnderTest.TABLE,
                new FileLayout.Avro(),
                new FileOrigin.Objects(List.of("gs://bucket/a.avro")),
                true);
    }

    private long cancels() {
        return server == null ? 0 : server.count("POST", "/cancel");
    }

    /** A closed pool counts nothing, so the server is asked which connections are there. */
    private void assertClosed(DoorUnderTest door) throws InterruptedException {
        assertThat(door.transport.leased()).isZero();
        assertThat(door.transport.open()).isZero();
        Pauses.until(() -> server == null || server.open() == 0);
    }

    @Test
    void saysSoToWhoeverComesLater() throws Exception {
        DoorUnderTest door = door((request, connection) -> connection.json(200, "{}"));
        door.close();
        Deadline deadline = door.within(LIMIT);
        List<ThrowingCallable> uses = List.of(
                () -> door.tables.find(DoorUnderTest.TABLE, deadline),
                () -> door.tables.createDataset(DatasetId.of("p", "d"), deadline),
                () -> door.tables.createStaging(DoorUnderTest.TABLE, DoorUnderTest.SCHEMA, LIMIT, deadline),
                () -> door.tables.drop(DoorUnderTest.TABLE, deadline),
                () -> door.jobs.query(DoorUnderTest.STATEMENT, deadline),
                () -> door.jobs.execute(DoorUnderTest.effect(LIMIT), DoorUnderTest.STATEMENT),
                () -> door.jobs.load(DoorUnderTest.effect(LIMIT), DoorUnderTest.load("{}\n", 1)),
                () -> door.jobs.load(DoorUnderTest.effect(LIMIT), files()),
                () -> door.results.keep(DoorUnderTest.STATEMENT, deadline),
                () -> door.results.page("job-1", 0, deadline));
        for (ThrowingCallable use : uses) {
            assertThatExceptionOfType(Closed.class)
                    .isThrownBy(use)
                    .withMessageContaining("the door to BigQuery is closed")
                    .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(8));
        }
        assertThat(arrived.getCount()).as("nothing was sent").isEqualTo(1);
        assertThat(door.intents.states()).isEmpty();
    }

    @Test
    void letsWhatIsUnderWayFinish() throws Exception {
        var answer = new CountDownLatch(1);
        DoorUnderTest door = door((request, connection) -> {
            answer.await(10, TimeUnit.SECONDS);
            connection.json(200, "{}");
        });
        var parts = new OpenDoor.Parts(gate, door.running, () -> {}, door.transport);
        var patient = new OpenDoor(parts, LIMIT, System::nanoTime);
        var found =
                outcome(() -> patient.during("find", () -> door.tables.find(DoorUnderTest.TABLE, door.within(LIMIT))));
        awaitArrival();
        var closing = outcome(patient::close);
        while (!(catchThrowable(() -> patient.during("probe", () -> true)) instanceof Closed)) {
            arrived.await(1, TimeUnit.MILLISECONDS);
            Thread.yield();
        }
        answer.countDown();
        assertThat(found.get(10, TimeUnit.SECONDS)).isNull();
        assertThat(closing.get(10, TimeUnit.SECONDS)).isNull();
        assertClosed(door);
    }

    private static void neverDone(Request request, Connection connection) throws IOException {
        connection.json(200, request.path().contains("/queries/") ? "{\"jobComplete\": false}" : RUNNING);
    }

    @Test
    void cutsAnEffectThatDoesNotEndAndCancelsIt() throws Exception {
        DoorUnderTest door = door(OpenDoorTests::neverDone);
        var effect = outcome(() -> door.jobs.execute(DoorUnderTest.effect(LIMIT), DoorUnderTest.STATEMENT));
        awaitArrival();
        door.close();
        assertThat(effect.get(5, TimeUnit.SECONDS)).isInstanceOf(Closed.class);
        assertThat(cancels()).isEqualTo(1);
        assertThat(door.intents.states()).as("to be resolved").containsExactly(IntentState.INTENT);
        assertClosed(door);
    }

    @Test
    void cutsAQueryThatDoesNotEndAndCancelsIt() throws Exception {
        DoorUnderTest door = door(OpenDoorTests::neverDone);
        var query = outcome(() -> door.jobs.query(DoorUnderTest.STATEMENT, door.within(LIMIT)));
        awaitArrival();
        door.close();
        assertThat(query.get(5, TimeUnit.SECONDS)).isInstanceOf(Closed.class);
        assertThat(cancels()).isEqualTo(1);
        assertClosed(door);
    }

    @Test
    void cutsAnExchangeThatStalls() throws Exception {
        DoorUnderTest door = door((request, connection) -> {
            if (request.is("GET", "/queries/")) {
                connection.stall();
            } else {
                connection.json(200, RUNNING);
            }
        });
        var query = outcome(() -> door.jobs.query(DoorUnderTest.STATEMENT, door.within(LIMIT)));
        awaitArrival();
        door.close();
        assertThat(query.get(5, TimeUnit.SECONDS)).isInstanceOf(Closed.class);
        assertThat(cancels()).isEqualTo(1);
        assertClosed(door);
    }

    @Test
    void sendsAwayWhoeverWaitsForAConnection() throws Exception {
        DoorUnderTest door = door((request, connection) -> connection.stall(), 1, DoorUnderTest.NO_LIMITS);
        sendsEverybodyAway(door, () -> door.transport.leased() == 1 && door.transport.waiting() == 4);
    }

    @Test
    void sendsAwayWhoeverWaitsAtTheGate() throws Exception {
        var narrow = new GateLimits(1, 10_000, 100);
        DoorUnderTest door = door((request, connection) -> connection.stall(), 10, narrow);
        sendsEverybodyAway(door, () -> gate.admitted() == 1 && gate.waiting() == 4);
    }

    private void sendsEverybodyAway(DoorUnderTest door, BooleanSupplier allWait) throws Exception {
        List<CompletableFuture<@Nullable Throwable>> callers = Stream.generate(
                        () -> outcome(() -> door.tables.find(DoorUnderTest.TABLE, door.within(LIMIT))))
                .limit(5)
                .toList();
        awaitArrival();
        Pauses.until(allWait);
        Deadline closing = door.within(Duration.ofSeconds(5));
        door.close();
        for (var caller : callers) {
            assertThat(caller.get(5, TimeUnit.SECONDS)).isInstanceOf(Closed.class);
        }
        assertThat(closing.passed()).isFalse();
        assertClosed(door);
    }

    /** As after many callers whose time was up at once. */
    @Test
    void deliversEveryCancelThatWasAskedFor() throws Exception {
        DoorUnderTest door = door((request, connection) -> connection.json(200, "{}"));
        for (int i = 0; i < 300; i++) {
            door.running.cancelLater("job-" + i);
        }
        door.close();
        assertThat(cancels()).isEqualTo(300);
        assertClosed(door);
    }

    @Test
    void wakesWhoeverPauses() throws Exception {
        DoorUnderTest door = door((request, connection) -> connection.answer(503, Map.of("Retry-After", "25"), ""));
        var found = outcome(() -> door.tables.find(DoorUnderTest.TABLE, door.within(LIMIT)));
        awaitArrival();
        Deadline closing = door.within(Duration.ofSeconds(10));
        door.close();
        assertThat(found.get(5, TimeUnit.SECONDS)).isInstanceOf(Closed.class);
        assertThat(closing.passed()).isFalse();
    }

    @Test
    void closesOnce() throws Exception {
        DoorUnderTest door = door((request, connection) -> connection.json(200, "{}"));
        door.tables.find(DoorUnderTest.TABLE, door.within(LIMIT));
        for (int i = 0; i < 3; i++) {
            door.close();
            assertClosed(door);
        }
    }

    @Test
    void closesTheRestWhenOnePartFailsTo() throws Exception {
        DoorUnderTest door = door((request, connection) -> connection.json(200, "{}"));
        door.tables.find(DoorUnderTest.TABLE, door.within(LIMIT));
        AutoCloseable broken = () -> {
            throw new IllegalStateException("cannot close");
        };
        var parts = new OpenDoor.Parts(gate, door.running, broken, door.transport);
        new OpenDoor(parts, DoorUnderTest.GRACE, System::nanoTime).close();
        assertClosed(door);
    }
}
