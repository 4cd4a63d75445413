package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.ScriptedServer.Script;
import dev.sluice.ledger.IntentState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a server does to it, a call ends at its deadline and leaves nothing behind. */
@Tag("clock")
class DeadlineTests {

    private static final Duration LIMIT = Duration.ofMillis(600);
    private static final Duration OVERRUN = Duration.ofMillis(250);
    private static final String JOB = """
            {"jobReference": {"projectId": "p", "jobId": "job-1"}, "status": {"state": "RUNNING"}}""";

    private final Set<Thread> others = Set.copyOf(Thread.getAllStackTraces().keySet());
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Loads the classes of a whole exchange, so that the limits measure waiting. */
    @BeforeAll
    static void warmUp() throws IOException {
        try (var server = new ScriptedServer((request, connection) -> connection.json(200, "{}"));
                var door = new DoorUnderTest(server.url())) {
            door.tables.find(DoorUnderTest.TABLE, door.within(Duration.ofSeconds(20)));
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        assertThat(threadsOfTheDoor()).isEmpty();
    }

    private List<String> threadsOfTheDoor() throws InterruptedException {
        List<String> alive = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("bigquery-") && !others.contains(thread)) {
                thread.join(1_000);
                if (thread.isAlive()) {
                    alive.add(thread.getName());
                }
            }
        }
        return alive;
    }

    private ScriptedServer server(Script script) {
        var server = new ScriptedServer(script);
        opened.add(server);
        return server;
    }

    private DoorUnderTest door(String url) throws IOException {
        var door = new DoorUnderTest(url);
        opened.add(door);
        return door;
    }

    private interface Call {
        void make(DoorUnderTest door, Deadline deadline);
    }

    private DeadlineExceeded cut(DoorUnderTest door, Call call) {
        Deadline deadline = door.within(LIMIT);
        var failure = catchThrowableOfType(DeadlineExceeded.class, () -> call.make(door, deadline));
        Duration elapsed = deadline.elapsed();
        assertThat(failure).isNotNull();
        assertThat(elapsed).isBetween(LIMIT, LIMIT.plus(OVERRUN));
        assertThat(failure.limit()).isEqualTo(LIMIT);
        assertThat(failure.elapsed()).isBetween(LIMIT, elapsed);
        door.assertNothingLeased();
        return failure;
    }

    private static void findTable(DoorUnderTest door, Deadline deadline) {
        door.tables.find(DoorUnderTest.TABLE, deadline);
    }

    private static void select(DoorUnderTest door, Deadline deadline) {
        door.jobs.query(DoorUnderTest.STATEMENT, deadline);
    }

    private static void load(DoorUnderTest door, Deadline deadline) {
        door.jobs.load(DoorUnderTest.effect(deadline.limit()), DoorUnderTest.load("{\"n\":1}\n", 1));
    }

    private static void execute(DoorUnderTest door, Deadline deadline) {
        door.jobs.execute(DoorUnderTest.effect(deadline.limit()), DoorUnderTest.STATEMENT);
    }

    @Test
    void refusesACallWithoutADeadline() throws IOException {
        var server = server((request, connection) -> connection.json(200, "{}"));
        var door = door(server.url());
        assertThatIllegalStateException()
                .isThrownBy(() -> door.bigquery.tables().get("p", "d", "t").execute())
                .withMessageContaining("deadline");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void cutsWaitingForAnAnswer() throws IOException {
        var failure =
                cut(door(server((request, connection) -> connection.stall()).url()), DeadlineTests::findTable);
        assertThat(failure.tier()).isEqualTo(Tier.USER);
        assertThat(failure).hasMessageContaining("d.t").hasMessageContaining("PT0.6S");
    }

    @Test
    void callsAnewWhenNothingIsHeardForTooLong() throws IOException {
        var asked = new AtomicInteger();
        var server = server((request, connection) -> {
            if (asked.incrementAndGet() == 1) {
                connection.stall();
            }
            connection.json(404, "{\"error\": {\"code\": 404, \"errors\": [{\"reason\": \"notFound\"}]}}");
        });
        var door = door(server.url());
        var deadline = door.within(Duration.ofSeconds(20));
        assertThat(door.tables.find(DoorUnderTest.TABLE, deadline)).isEmpty();
        assertThat(asked).hasValue(2);
        assertThat(deadline.elapsed()).isBetween(DoorUnderTest.SILENCE, Duration.ofSeconds(15));
    }

    @Test
    void cutsABodyThatNeverComes() throws IOException {
        var server = server((request, connection) -> {
            connection.head(200, Map.of("Content-Type", "application/json"), 1000);
            connection.stall();
        });
        cut(door(server.url()), DeadlineTests::findTable);
    }

    @Test
    void cutsABodyThatTricklesForEver() throws IOException {
        cut(door(server((request, connection) -> connection.trickle()).url()), DeadlineTests::findTable);
    }

    @Test
    void cutsAnErrorsBodyThatStalls() throws IOException {
        var server = server((request, connection) -> {
            connection.head(503, Map.of("Content-Type", "application/json"), 1000);
            connection.stall();
        });
        cut(door(server.url()), DeadlineTests::findTable);
    }

    @Test
    void cutsAPageChainInTheMiddleAndCancelsTheQuery() throws Exception {
        var cancelled = new CountDownLatch(1);
        var server = server((request, connection) -> {
            if (request.is("POST", "/cancel")) {
                cancelled.countDown();
                connection.json(200, "{}");
            } else if (request.is("POST", "/jobs")) {
                connection.json(200, JOB);
            } else if (request.path().contains("pageToken=3")) {
                connection.stall();
            } else {
                int next = request.path().contains("pageToken=2") ? 3 : 2;
                connection.json(200, """
                        {"jobComplete": true, "pageToken": "%d", "rows": [{"f": [{"v": "1"}]}],
                         "schema": {"fields": [{"name": "n", "type": "INTEGER"}]}}""".formatted(next));
            }
        });
        var door = door(server.url());
        var failure = cut(door, DeadlineTests::select);
        assertThat(failure.phase()).isEqualTo("page");
        assertThat(failure.bigQueryJobId()).isEqualTo(door.queryId(1));
        assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopsWaitingForAQueryThatNeverEnds() throws IOException {
        var server = server((request, connection) ->
                connection.json(200, request.is("GET", "/queries/") ? "{\"jobComplete\": false}" : JOB));
        var door = door(server.url());
        var failure = cut(door, DeadlineTests::select);
        assertThat(failure.phase()).isEqualTo("poll");
        assertThat(failure.bigQueryJobId()).isEqualTo(door.queryId(1));
        assertThat(server.count("GET", "/queries/")).as("polls, with pauses").isLessThan(20);
    }

    @Test
    void stopsWaitingForAnEffectThatNeverEndsAndLeavesItsIntentOpen() throws IOException {
        var server = server(DeadlineTests::neverDone);
        var door = door(server.url());
        var failure = cut(door, DeadlineTests::execute);
        assertThat(failure.phase()).isEqualTo("poll");
        assertThat(failure.tier()).isEqualTo(Tier.BATCH);
        assertThat(failure.bigQueryJobId())
                .isEqualTo(DoorUnderTest.effect(LIMIT).key().bigQueryJobId(1));
        assertThat(door.intents.states()).containsExactly(IntentState.INTENT);
    }

    @Test
    void deliversItsCancelsBeforeItCloses() throws IOException {
        var server = server(DeadlineTests::neverDone);
        try (var door = new DoorUnderTest(server.url())) {
            cut(door, DeadlineTests::execute);
        }
        assertThat(server.count("POST", "/cancel")).isEqualTo(1);
    }

    private static void neverDone(ScriptedServer.Request request, ScriptedServer.Connection connection)
            throws IOException {
        String configuration = """
                "configuration": {"labels": {"sluice_digest": "0123abcd"}, "query": {"query": "SELECT 1"}}""";
        connection.json(200, JOB.replace("{\"jobReference\"", "{" + configuration + ", \"jobReference\""));
    }

    @Test
    void cutsAnUploadThatStallsInTheMiddle() throws IOException {
        var server = server((request, connection) -> {
            if (request.is("POST", "/upload/")) {
                connection.answer(
                        200, Map.of("Location", "http://" + request.headers().get("host") + "/session"), "");
            } else if (request.is("PUT", "/session")) {
                connection.stall();
            } else {
                connection.json(200, "{}");
            }
        });
        var failure = cut(door(server.url()), DeadlineTests::load);
        assertThat(failure.phase()).isEqualTo("upload");
        assertThat(failure.bigQueryJobId()).startsWith("sluice-").endsWith("-a1");
    }

    @Test
    void cutsConnectingToAServerThatDoesNotAccept() throws IOException {
        try (var full = new FullBacklog()) {
            var failure = cut(door(full.url()), DeadlineTests::findTable);
            assertThat(failure.phase()).isEqualTo("connect");
        }
    }

    @Test
    void leavesALookUpOfANameThatNeverEnds() throws Exception {
        var never = new CountDownLatch(1);
        var resolver = new InMemoryDnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                try {
                    never.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.resolve(host);
            }
        };
        var names = new NameResolution(resolver);
        opened.add(names);
        Deadline deadline = new RunningDeadline(Tier.USER, LIMIT, System::nanoTime);
        var calls = DoorUnderTest.calls(pause -> {});
        var failure = catchThrowableOfType(
                DeadlineExceeded.class,
                () -> calls.call(
                        new Purpose(CallKind.FIND_TABLE, "look", null), deadline, () -> names.resolve("nowhere")));
        assertThat(failure).isNotNull();
        assertThat(deadline.elapsed()).isBetween(LIMIT, LIMIT.plus(OVERRUN));
    }

    @Test
    void givesUpASingleConnectAtTheConnectTimeout() throws IOException {
        try (var full = new FullBacklog();
                var door = new DoorUnderTest(full.url(), 1, Duration.ofMillis(50), DoorUnderTest.calls(pause -> {}))) {
            Deadline deadline = door.within(Duration.ofSeconds(60));
            var failure = catchThrowableOfType(BigQueryFailure.Transient.class, () -> findTable(door, deadline));
            assertThat(failure).hasMessageContaining("8 times");
        }
    }

    @Test
    void cutsWaitingForAPooledConnection() throws Exception {
        var taken = new CountDownLatch(1);
        var server = server((request, connection) -> {
            taken.countDown();
            connection.stall();
        });
        var door = new DoorUnderTest(
                server.url(), 1, Duration.ofSeconds(10), DoorUnderTest.calls(DoorUnderTest.waiting()));
        opened.add(door);
        var holder = CompletableFuture.runAsync(() -> catchThrowableOfType(
                DeadlineExceeded.class, () -> findTable(door, door.within(LIMIT.multipliedBy(2)))));
        assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();

        Deadline deadline = door.within(LIMIT);
        var failure = catchThrowableOfType(DeadlineExceeded.class, () -> findTable(door, deadline));
        assertThat(deadline.elapsed()).isBetween(LIMIT, LIMIT.plus(OVERRUN));
        assertThat(failure.phase()).isEqualTo("connect");
        holder.get(5, TimeUnit.SECONDS);
        door.assertNothingLeased();
    }

    @Test
    void cutsManyCallersAtOnceEachAtItsOwnDeadline() throws Exception {
        var door = new DoorUnderTest(
                server((request, connection) -> connection.trickle()).url(),
                20,
                Duration.ofSeconds(10),
                DoorUnderTest.calls(DoorUnderTest.waiting()));
        opened.add(door);
        List<CompletableFuture<Duration>> overruns = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Duration limit = LIMIT.plusMillis(20L * i);
            overruns.add(CompletableFuture.supplyAsync(
                    () -> {
                        Deadline deadline = door.within(limit);
                        catchThrowableOfType(DeadlineExceeded.class, () -> findTable(door, deadline));
                        return deadline.elapsed().minus(limit);
                    },
                    work -> new Thread(work, "caller").start()));
        }
        for (CompletableFuture<Duration> overrun : overruns) {
            assertThat(overrun.get(10, TimeUnit.SECONDS)).isBetween(Duration.ZERO, OVERRUN);
        }
        door.assertNothingLeased();
    }

    /** Cuts while the machine itself was late say nothing; most must say something. */
    @Test
    void endsInTimeAndInATypedWayWhereverTheCutFalls() throws Exception {
        long seed = 20261124;
        int cuts = 1_000;
        var random = new Random(seed);
        var door = new DoorUnderTest(
                server(DeadlineTests::answerAnyhow).url(),
                8, // as many as callers: one that is handed over during a cut can be lost
                Duration.ofSeconds(10),
                DoorUnderTest.calls(DoorUnderTest.waiting()));
        opened.add(door);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        var judged = new AtomicInteger();
        try (var witness = new SleepWitness()) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < cuts; i++) {
                Duration limit = Duration.ofNanos(1_000_000 + random.nextInt(20_000_000));
                done.add(callers.submit(() -> judge(door, limit, witness, judged)));
            }
            for (Future<?> each : done) {
                each.get(30, TimeUnit.SECONDS);
            }
        }
        callers.shutdownNow();
        assertThat(judged).as("seed %d", seed).hasValueGreaterThan(cuts / 2);
        door.assertNothingLeased();
    }

    private static void judge(DoorUnderTest door, Duration limit, SleepWitness witness, AtomicInteger judged) {
        long from = System.nanoTime();
        Duration overrun = overrun(door, limit);
        if (!witness.wasLate(from, System.nanoTime())) {
            assertThat(overrun).isLessThan(OVERRUN);
            judged.incrementAndGet();
        }
    }

    private static Duration overrun(DoorUnderTest door, Duration limit) {
        Deadline deadline = door.within(limit);
        try {
            select(door, deadline);
        } catch (BigQueryFailure e) {
            // typed, as it must be
        }
        return deadline.elapsed().minus(limit);
    }

    private static void answerAnyhow(ScriptedServer.Request request, ScriptedServer.Connection connection)
            throws IOException, InterruptedException {
        if (request.is("POST", "/cancel")) {
            connection.json(200, "{}");
            return;
        }
        switch (ThreadLocalRandom.current().nextInt(8)) {
            case 0 -> connection.stall();
            case 1 -> connection.drop();
            case 2 -> connection.trickle();
            case 3 -> connection.error(503, "backendError", "later");
            case 4 -> connection.answer(200, Map.of(), "");
            case 5 -> connection.json(200, "{\"broken");
            default -> connection.json(200, request.is("GET", "/queries/") ? "{\"jobComplete\": false}" : JOB);
        }
    }
}
