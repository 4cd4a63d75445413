package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Seeded cases on real sockets, many at once: each ends within 250 ms of its deadline and asks for its cancel. */
@Tag("clock")
class DeadlineCasesTests {

    private static final Duration OVERRUN = Duration.ofMillis(250);
    /** So that each attempt has an effect of its own. */
    private static final int ATTEMPT = 10_000;

    private static final int AT_ONCE = 8;
    private static final int MOST_REPEATED_PERCENT = 2;

    /** Where a server leaves its caller. */
    private enum Stop {
        TRICKLING,
        CONNECTING,
        BEFORE_HEADERS,
        IN_HEADERS,
        IN_BODY,
        WHILE_PAGING,
        QUERY_RUNNING_FOR_EVER,
        EFFECT_RUNNING_FOR_EVER,
        UPLOADING;

        boolean isInAnAnswer() {
            return switch (this) {
                case TRICKLING, BEFORE_HEADERS, IN_HEADERS, IN_BODY -> true;
                case CONNECTING, WHILE_PAGING, QUERY_RUNNING_FOR_EVER, EFFECT_RUNNING_FOR_EVER, UPLOADING -> false;
            };
        }

        /** Whether BigQuery can hear that a job is no longer wanted. */
        boolean isHeard() {
            return switch (this) {
                case CONNECTING -> false;
                case TRICKLING,
                        BEFORE_HEADERS,
                        IN_HEADERS,
                        IN_BODY,
                        WHILE_PAGING,
                        QUERY_RUNNING_FOR_EVER,
                        EFFECT_RUNNING_FOR_EVER,
                        UPLOADING -> true;
            };
        }
    }

    /** What is asked of a server that stops in the middle of an answer. */
    private enum Asked {
        TABLE,
        SUBMISSION,
        RESULT;

        /** Of a query's number. */
        static Asked of(int number) {
            return values()[Math.floorMod(number, values().length)];
        }
    }

    private record Case(int number, Stop stop, Duration limit) {

        Effect effect() {
            return DoorUnderTest.effect(
                    new EffectKey(new InstanceKey("job", "case" + number, 1), "step", "all", "0123abcd"), limit);
        }
    }

    /** Plays every stop, told by the path's project or the job's id; remembers which jobs their callers know, and which were cancelled. */
    private static final class Stops implements AutoCloseable {
        private final Set<String> begun = ConcurrentHashMap.newKeySet();
        private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
        private final Stop stop;
        private final ScriptedServer server = new ScriptedServer(this::play, false);

        Stops(Stop stop) {
            this.stop = stop;
        }

        private static String id(Request request) {
            return request.path().replaceAll(".*/(?:jobs|queries)/([^/?]+).*", "$1");
        }

        private void play(Request request, Connection connection) throws IOException, InterruptedException {
            if (request.is("POST", "/cancel")) {
                cancelled.add(id(request));
                connection.json(200, "{}");
            } else if (request.is("POST", "/upload/")) {
                begin(request);
                connection.answer(
                        200, Map.of("Location", "http://" + request.headers().get("host") + "/session"), "");
            } else if (request.is("POST", "/jobs")) {
                submit(begin(request), request, connection);
            } else if (request.is("GET", "/jobs/")) {
                connection.json(200, running(id(request)));
            } else {
                halt(request, connection);
            }
        }

        private void submit(String id, Request request, Connection connection)
                throws IOException, InterruptedException {
            boolean isLeft = stop.isInAnAnswer() && Asked.of(number(id)) == Asked.SUBMISSION;
            if (isLeft) {
                halt(request, connection);
            } else {
                connection.json(200, running(id));
            }
        }

        private static int number(String query) {
            return Integer.parseInt(query.replaceAll(".*-", ""));
        }

        private String begin(Request request) {
            String id = request.text().replaceAll("(?s).*\"jobId\":\"([^\"]+)\".*", "$1");
            begun.add(id);
            return id;
        }

        private static String running(String id) {
            return """
                    {"jobReference": {"jobId": "%s"}, "status": {"state": "RUNNING"},
                     "configuration": {"labels": {"sluice_digest": "0123abcd"}, "query": {"query": "SELECT 1"}}}""".formatted(id);
        }

        private void halt(Request request, Connection connection) throws IOException, InterruptedException {
            switch (stop) {
                case TRICKLING -> connection.trickle();
                case IN_HEADERS -> {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Le");
                    connection.stall();
                }
                case IN_BODY -> {
                    connection.head(200, Map.of("Content-Type", "application/json"), 1_000);
                    connection.write("{\"schema\":");
                    connection.stall();
                }
                case WHILE_PAGING -> {
                    if (request.path().contains("pageToken")) {
                        connection.stall();
                    } else {
                        connection.json(200, """
                                {"jobComplete": true, "pageToken": "2", "rows": [{"f": [{"v": "1"}]}],
                                 "schema": {"fields": [{"name": "n", "type": "INTEGER"}]}}""");
                    }
                }
                case QUERY_RUNNING_FOR_EVER -> connection.json(200, "{\"jobComplete\": false}");
                case CONNECTING, BEFORE_HEADERS, EFFECT_RUNNING_FOR_EVER, UPLOADING -> connection.stall();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static void make(DoorUnderTest door, Case it) {
        switch (it.stop()) {
            case TRICKLING, CONNECTING, BEFORE_HEADERS, IN_HEADERS, IN_BODY -> {
                if (Asked.of(it.number()) == Asked.TABLE) {
                    door.tables.find(DoorUnderTest.TABLE, door.within(it.limit()));
                } else {
                    door.jobs.query(DoorUnderTest.STATEMENT, door.within(it.limit()));
                }
            }
            case WHILE_PAGING, QUERY_RUNNING_FOR_EVER ->
                door.jobs.query(DoorUnderTest.STATEMENT, door.within(it.limit()));
            case EFFECT_RUNNING_FOR_EVER -> door.jobs.execute(it.effect(), DoorUnderTest.STATEMENT);
            case UPLOADING -> door.jobs.load(it.effect(), DoorUnderTest.load("{\"n\":1}\n", 1));
        }
    }

    /** @return how far past its limit it was; over 250 ms only where the machine was on time */
    private static Duration overrun(DoorUnderTest door, Case it) {
        Deadline whole = door.within(it.limit());
        try {
            make(door, it);
            throw new AssertionError(it + " did not end at its deadline");
        } catch (DeadlineExceeded e) {
            return whole.elapsed().minus(it.limit());
        }
    }

    @Test
    void aSampleEndsInTimeAndIsCancelled() throws Exception {
        cases(45);
    }

    @Test
    @Tag("sweep")
    void aThousandEndInTimeAndAreCancelled() throws Exception {
        cases(Shard.chosen().of(1_000));
    }

    private static void cases(int count) throws Exception {
        long seed = 20261126;
        var random = new Random(seed);
        var repeated = new AtomicInteger();
        try (var witness = new SleepWitness()) {
            for (Stop stop : Stop.values()) {
                int ofThis = count / Stop.values().length + (stop.ordinal() < count % Stop.values().length ? 1 : 0);
                List<Case> cases = new ArrayList<>();
                for (int i = 0; i < ofThis; i++) {
                    cases.add(new Case(i, stop, Duration.ofMillis(150 + random.nextInt(150))));
                }
                play(stop, cases, witness, repeated);
            }
        }
        System.out.printf("deadline cases: %d, seed %d, %d repeated%n", count, seed, repeated.get());
        assertThat(repeated.get()).isLessThanOrEqualTo(Math.max(1, count * MOST_REPEATED_PERCENT / 100));
    }

    private static void play(Stop stop, List<Case> cases, SleepWitness witness, AtomicInteger repeated)
            throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try (var stops = new Stops(stop);
                var full = new FullBacklog()) {
            var door = new DoorUnderTest(stop == Stop.CONNECTING ? full.url() : stops.server.url());
            try (door) {
                warmUp(door, stop, callers);
                List<Future<?>> done = new ArrayList<>();
                for (Case it : cases) {
                    done.add(callers.submit(() -> inTime(door, it, witness, repeated)));
                }
                for (Future<?> each : done) {
                    each.get(60, TimeUnit.SECONDS);
                }
                door.assertNothingLeased();
            }
            assertThat(door.transport.open()).isZero();
            if (stop.isHeard()) {
                assertThat(stops.cancelled).as("%s", stop).containsAll(stops.begun);
                assertThat(stops.begun).hasSizeGreaterThan(cases.size() / 2);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** Loads the classes and starts the threads, so that what is measured is waiting. */
    private static void warmUp(DoorUnderTest door, Stop stop, ExecutorService callers) throws Exception {
        List<Future<Duration>> done = new ArrayList<>();
        for (int i = 1; i <= AT_ONCE; i++) {
            var it = new Case(-i, stop, Duration.ofMillis(400));
            done.add(callers.submit(() -> overrun(door, it)));
        }
        for (Future<Duration> each : done) {
            each.get(60, TimeUnit.SECONDS);
        }
    }

    private static void inTime(DoorUnderTest door, Case it, SleepWitness witness, AtomicInteger repeated) {
        for (int attempt = 1; ; attempt++) {
            long from = System.nanoTime();
            Duration overrun = overrun(door, new Case(it.number() + attempt * ATTEMPT, it.stop(), it.limit()));
            if (!witness.wasLate(from, System.nanoTime())) {
                assertThat(overrun).as("%s", it).isBetween(Duration.ZERO, OVERRUN);
                return;
            }
            repeated.incrementAndGet();
            assertThat(attempt).as("%s: the machine is always late", it).isLessThan(10);
        }
    }
}
