package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the pool promises: so many connections, a bounded wait for them, and numbers that are true meanwhile. */
@Tag("clock")
class PooledTransportTests {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration OVERRUN = Duration.ofMillis(250);

    private final List<AutoCloseable> opened = new ArrayList<>();
    /** What becomes of each exchange that has arrived and is not answered. */
    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

    /** An exchange that waits until it is told how to end. */
    private record Held(CompletableFuture<Boolean> end) {

        void answer() {
            end.complete(true);
        }

        void breakOff() {
            end.complete(false);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private ScriptedServer server(ScriptedServer.Script script) {
        var server = new ScriptedServer(script);
        opened.add(server);
        return server;
    }

    private void hold(Request request, Connection connection) throws IOException {
        var exchange = new Held(new CompletableFuture<>());
        held.add(exchange);
        if (exchange.end().join()) {
            connection.json(200, "{}");
        } else {
            connection.reset();
        }
    }

    private DoorUnderTest door(ScriptedServer server, int poolSize, Duration leaseTimeout) throws IOException {
        var door = new DoorUnderTest(server.url(), poolSize, leaseTimeout, DoorUnderTest.calls(Pauses::brief));
        opened.add(door);
        return door;
    }

    private static CompletableFuture<@Nullable Throwable> find(DoorUnderTest door, Duration limit) {
        Deadline deadline = door.within(limit);
        return CompletableFuture.supplyAsync(
                () -> catchThrowable(() -> door.tables.find(DoorUnderTest.TABLE, deadline)),
                work -> new Thread(work, "caller").start());
    }

    private Held arrival() throws InterruptedException {
        Held next = held.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static List<Integer> numbers(DoorUnderTest door) {
        return List.of(door.transport.leased(), door.transport.open(), door.transport.waiting());
    }

    @Test
    void makesWhoeverComesWhenAllAreTakenWaitUntilHisDeadline() throws Exception {
        ScriptedServer server = server(this::hold);
        DoorUnderTest door = door(server, 2, LONG);
        var holders = List.of(find(door, LONG), find(door, LONG));
        List<Held> exchanges = List.of(arrival(), arrival());
        assertThat(numbers(door)).containsExactly(2, 2, 0);

        Deadline third = door.within(SHORT);
        var waits = find(door, SHORT);
        Pauses.until(() -> door.transport.waiting() == 1);
        assertThat(waits.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        DeadlineExceeded.class,
                        failure -> assertThat(failure.phase()).isEqualTo("connect"));
        assertThat(third.elapsed()).isLessThan(SHORT.plus(OVERRUN));
        assertThat(numbers(door)).as("nobody waits any more").containsExactly(2, 2, 0);
        assertThat(server.accepted()).isEqualTo(2);

        exchanges.forEach(Held::answer);
        for (var holder : holders) {
            assertThat(holder.get(10, TimeUnit.SECONDS)).isNull();
        }
        door.assertNothingLeased();
        assertThat(numbers(door)).containsExactly(0, 2, 0);
    }

    @Test
    void servesInTheOrderOfArrivalWhetherConnectionsComeBackOrBreak() throws Exception {
        ScriptedServer server = server(this::hold);
        DoorUnderTest door = door(server, 1, LONG);
        List<CompletableFuture<@Nullable Throwable>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int before = i;
            callers.add(find(door, LONG));
            Pauses.until(() -> door.transport.waiting() == before && door.transport.leased() == 1);
        }
        arrival().answer();
        assertThat(callers.get(0).get(10, TimeUnit.SECONDS)).isNull();
        Pauses.until(() -> door.transport.waiting() == 2);
        arrival().breakOff(); // its caller comes back, as the last
        Held third = arrival();
        assertThat(callers).element(1).satisfies(second -> assertThat(second).isNotDone());
        third.answer();
        assertThat(callers.get(2).get(10, TimeUnit.SECONDS)).isNull();
        arrival().answer();
        arrival().answer();
        for (var caller : callers) {
            assertThat(caller.get(10, TimeUnit.SECONDS)).isNull();
        }
        assertThat(server.accepted()).as("the broken one was replaced").isEqualTo(2);
        door.assertNothingLeased();
    }

    /** Shorter than any deadline: a call gives up one wait, and makes another. */
    @Test
    void waitsForAConnectionNoLongerThanItsTimeout() throws Exception {
        ScriptedServer server = server(this::hold);
        DoorUnderTest door = door(server, 1, Duration.ofMillis(30));
        var holder = find(door, LONG);
        Held exchange = arrival();
        assertThat(find(door, LONG).get(15, TimeUnit.SECONDS))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("8 times");
        assertThat(numbers(door)).containsExactly(1, 1, 0);
        exchange.answer();
        assertThat(holder.get(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void hasAPlaceAgainForEachConnectionThatHasExpired() throws Exception {
        var never = new CountDownLatch(1);
        ScriptedServer server = server((request, connection) ->
                connection.answer(200, Map.of("Content-Type", "application/json", "Keep-Alive", "timeout=1"), "{}"));
        DoorUnderTest door = door(server, 1, Duration.ofMillis(500));
        assertThat(find(door, LONG).get(10, TimeUnit.SECONDS)).isNull();
        assertThat(never.await(1_050, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(find(door, LONG).get(10, TimeUnit.SECONDS)).isNull();
        assertThat(server.accepted()).isEqualTo(2);
        assertThat(numbers(door)).containsExactly(0, 1, 0);
    }

    @Test
    void closesWhatNobodyUsesAndConnectsAnewForWhoeverComes() throws Exception {
        ScriptedServer server = server((request, connection) -> connection.json(200, "{}"));
        DoorUnderTest door = door(server, 1, Duration.ofMillis(500));
        for (int connections = 1; connections <= 3; connections++) {
            assertThat(find(door, LONG).get(10, TimeUnit.SECONDS)).isNull();
            assertThat(server.accepted()).isEqualTo(connections);
            door.transport.tidy(TimeValue.ofMinutes(1));
            assertThat(numbers(door)).as("used just now").containsExactly(0, 1, 0);
            door.transport.tidy(TimeValue.ZERO_MILLISECONDS);
            assertThat(numbers(door)).containsExactly(0, 0, 0);
            Pauses.until(() -> server.open() == 0);
        }
    }

    @Test
    void leavesAConnectionThatIsInUseAlone() throws Exception {
        ScriptedServer server = server(this::hold);
        DoorUnderTest door = door(server, 1, LONG);
        var caller = find(door, LONG);
        Held exchange = arrival();
        door.transport.tidy(TimeValue.ZERO_MILLISECONDS);
        exchange.answer();
        assertThat(caller.get(10, TimeUnit.SECONDS)).isNull();
        assertThat(server.accepted()).isEqualTo(1);
    }
}
