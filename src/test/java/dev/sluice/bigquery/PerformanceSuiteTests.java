package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The performance suite of the original report, time limits and connections. Time limits are a hundredth of the real ones
 * (which {@link BigQueryWiringTests} proves) and 300 ms, so that a busy machine has submitted before they pass; slow jobs are programmed; callers are threads.
 */
@Tag("clock")
class PerformanceSuiteTests {

    private static final int SCALE = 100;
    private static final Duration BUSY = Duration.ofMillis(300);
    private static final Duration OVERRUN = Duration.ofMillis(250);
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Long enough to be submitted on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    private static final BigQueryProperties.Tiers REAL = new BigQueryProperties.Tiers(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(300),
            Duration.ofSeconds(300));

    private static final BigQueryProperties SHIPPED =
            new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("b", BigQueryProperties.class);

    private static SqlStatement taking(Duration time) {
        return new SqlStatement("test.sql", "SELECT " + time.toMillis(), Map.of());
    }

    private static DoorUnderTest door(TimedServer server, int poolSize) throws IOException {
        return new DoorUnderTest(server.url(), poolSize, LONG, DoorUnderTest.calls(DoorUnderTest.waiting()));
    }

    private static void select(DoorUnderTest door) {
        assertThat(door.jobs.query(DoorUnderTest.STATEMENT, door.within(LONG)).rows())
                .hasSize(1);
    }

    /** So many callers that begin at the same moment, each on a thread of its own. */
    private static void together(int callers, Runnable call) {
        together(callers, call, () -> {});
    }

    private static void together(int callers, Runnable call, Runnable meanwhile) {
        ExecutorService threads = Executors.newFixedThreadPool(callers, DaemonThreads.named("caller"));
        var start = new CountDownLatch(1);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                calls.add(threads.submit(() -> {
                    start.await();
                    call.run();
                    return null;
                }));
            }
            start.countDown();
            meanwhile.run();
            for (Future<?> each : calls) {
                each.get(60, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("a caller failed", e);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"AUTH", "USER", "BATCH"})
    void stopsASlowQueryAtTheLimitOfItsTierAndCancelsIt(Tier tier) throws IOException {
        try (var server = new TimedServer()) {
            String slow;
            try (var door = door(server, 4)) {
                slow = door.queryId(2);
                select(door);
                stopsAtItsLimit(door, tier, REAL.of(tier).dividedBy(SCALE).plus(BUSY));
            }
            assertThat(server.cancelled()).containsExactly(slow);
        }
    }

    /** The original report's own limits, in real time. */
    @ParameterizedTest
    @EnumSource(
            value = Tier.class,
            names = {"AUTH", "USER"})
    @Tag("sweep")
    void stopsASlowQueryAtTheRealLimitOfItsTier(Tier tier) throws IOException {
        try (var server = new TimedServer();
                var door = door(server, 4)) {
            select(door);
            stopsAtItsLimit(door, tier, REAL.of(tier));
        }
    }

    private static void stopsAtItsLimit(DoorUnderTest door, Tier tier, Duration limit) {
        Deadline deadline = door.deadlines.start(tier, limit);
        var failure = catchThrowableOfType(
                DeadlineExceeded.class, () -> door.jobs.query(taking(limit.multipliedBy(10)), deadline));

        assertThat(deadline.elapsed()).isBetween(limit, limit.plus(OVERRUN));
        assertThat(failure.tier()).isEqualTo(tier);
        assertThat(failure.bigQueryJobId()).isEqualTo(door.queryId(2));
        door.assertNothingLeased();
    }

    @Test
    void answersAFastQueryWellBelowItsLimitAndCancelsNothing() throws IOException {
        try (var server = new TimedServer();
                var door = door(server, 4)) {
            Deadline deadline = door.within(LONG);
            door.jobs.query(taking(Duration.ofMillis(20)), deadline);
            assertThat(deadline.elapsed()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(5));
            assertThat(server.cancelled()).isEmpty();
        }
    }

    @Test
    void opensNoMoreConnectionsThanThePoolMayHave() throws IOException {
        try (var server = new TimedServer();
                var door = door(server, 8)) {
            together(64, () -> door.jobs.query(taking(Duration.ofMillis(10)), door.within(LONG)));

            assertThat(server.submitted()).isEqualTo(64);
            assertThat(server.mostTogether()).isBetween(2, 8);
            assertThat(door.transport.open()).isLessThanOrEqualTo(8);
            door.assertNothingLeased();
        }
    }

    @Test
    void leaksNothingOverAThousandCallsInARow() throws IOException {
        try (var server = new TimedServer();
                var door = door(server, 4)) {
            for (int i = 0; i < 1_000; i++) {
                select(door);
            }
            assertThat(server.submitted()).isEqualTo(1_000);
            door.assertNothingLeased();
            assertThat(door.transport.open()).isEqualTo(1);
        }
    }

    /** What the gauge is worth: somebody who does not read his answer to the end is seen. */
    @Test
    void seesALeakThatIsThere() throws IOException {
        try (var server = new TimedServer();
                var door = door(server, 4)) {
            select(door);
            var current = new CurrentDeadline(door.within(LONG));
            var leaked = current.during(
                    () -> door.bigquery.jobs().cancel("p", door.queryId(1)).executeUnparsed());
            assertThat(door.transport.leased()).isEqualTo(1);
            leaked.disconnect();
            door.assertNothingLeased();
        }
    }

    /** Nobody is answered before all are there: callers in a row would wait for ever. */
    @Test
    void letsAHundredCallersAskAtTheSameMoment() throws IOException {
        try (var server = new TimedServer(100);
                var door = door(server, 100)) {
            together(100, () -> select(door));

            assertThat(server.mostTogether()).isEqualTo(100);
            assertThat(server.submitted()).isEqualTo(100);
            door.assertNothingLeased();
        }
    }

    @Test
    void givesConnectionsBackWhetherQueriesSucceedOrFail() throws IOException {
        var invalid = new SqlStatement("test.sql", "invalid", Map.of());
        try (var server = new TimedServer();
                var door = door(server, 2)) {
            long failed = IntStream.range(0, 20)
                    .filter(i -> {
                        SqlStatement statement = i % 2 == 0 ? DoorUnderTest.STATEMENT : invalid;
                        return catchThrowableOfType(
                                        Permanent.class, () -> door.jobs.query(statement, door.within(LONG)))
                                != null;
                    })
                    .count();

            assertThat(failed).isEqualTo(10);
            assertThat(server.submitted()).isEqualTo(10);
            door.assertNothingLeased();
            assertThat(door.transport.open()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void answersEveryCallerOfAHeavyLoadAndCancelsWhatIsTooSlow() throws IOException {
        var wideOpen = new Gate(DoorUnderTest.NO_LIMITS, System::nanoTime);
        Load load = new Load(200, 100, 100, SHORT);
        load.on(wideOpen, door -> door.transport.waiting());
    }

    /** A tenth of a second counts as a whole one. */
    @Test
    void letsAThousandCallersThroughTheGateAsItIsShipped() throws IOException {
        Gate gate = new Gate(SHIPPED.gate(), System::nanoTime, TimeUnit.MILLISECONDS.toNanos(100));
        Load load = new Load(1_000, SHIPPED.gate().concurrent(), SHIPPED.poolSize(), SHORT);
        load.on(gate, door -> gate.waiting());
    }

    /** What the limit of requests in a second means to so many: the last one waits as long as it takes. */
    @Test
    @Tag("sweep")
    void letsAThousandCallersThroughAsManyInASecondAsIsShipped() throws IOException {
        Gate gate = new Gate(SHIPPED.gate(), System::nanoTime);
        Load load = new Load(1_000, SHIPPED.gate().concurrent(), SHIPPED.poolSize(), Duration.ofSeconds(20));
        Latencies latencies = load.on(gate, door -> gate.waiting());

        System.out.printf("1,000 callers behind the gate as shipped: %s%n", latencies);
        double wholeSeconds = (double) (load.callers() - 1) / SHIPPED.gate().perSecond() - 1;
        assertThat(latencies.max()).isBetween(wholeSeconds * 1_000, (double) LONG.toMillis());
    }

    /**
     * Callers who all come at the same moment. Every tenth query is too slow for its limit: it, and only it, is cut and
     * cancelled; all others are answered.
     *
     * @param atOnce who get as far as the server, which answers nobody before all others wait
     */
    private record Load(int callers, int atOnce, int pool, Duration tooShort) {

        /** @param waiting how many wait before the server */
        Latencies on(Gate gate, ToIntFunction<DoorUnderTest> waiting) throws IOException {
            var numbers = new AtomicInteger();
            Set<String> cut = ConcurrentHashMap.newKeySet();
            var answered = new ConcurrentLinkedQueue<Long>();
            var open = new CountDownLatch(1);
            Map<String, String> settings = Map.of("pool-size", String.valueOf(pool));
            try (var server = new TimedServer(open)) {
                try (var door = DoorUnderTest.asShipped(server.url(), gate, settings)) {
                    together(
                            callers,
                            () -> {
                                if (numbers.incrementAndGet() % 10 == 0) {
                                    cut.add(cut(door, tooShort));
                                } else {
                                    answered.add(answered(door).toNanos());
                                }
                            },
                            () -> {
                                Pauses.until(() ->
                                        server.together() == atOnce && waiting.applyAsInt(door) == callers - atOnce);
                                assertThat(door.transport.leased()).isEqualTo(atOnce);
                                open.countDown();
                            });

                    // cancels pass the gate, too, and have a thread of their own
                    Pauses.until(() -> gate.admitted() + gate.waiting() == 0);
                    door.assertNothingLeased();
                    assertThat(server.submitted()).isEqualTo(callers);
                    assertThat(door.transport.open()).isLessThanOrEqualTo(pool);
                } // delivers the cancels
                assertThat(cut).hasSize(callers / 10);
                assertThat(server.cancelled()).containsExactlyInAnyOrderElementsOf(cut);
            }
            var latencies =
                    Latencies.of(answered.stream().mapToLong(Long::longValue).toArray());
            assertThat(latencies.count()).isEqualTo(callers - callers / 10);
            assertThat(latencies.p99()).as("%s", latencies).isLessThan(LONG.toMillis());
            return latencies;
        }
    }

    private static Duration answered(DoorUnderTest door) {
        Deadline deadline = door.within(LONG);
        door.jobs.query(taking(Duration.ofMillis(5)), deadline);
        return deadline.elapsed();
    }

    private static String cut(DoorUnderTest door, Duration limit) {
        var failure =
                catchThrowableOfType(DeadlineExceeded.class, () -> door.jobs.query(taking(LONG), door.within(limit)));
        return String.valueOf(failure.bigQueryJobId());
    }
}
