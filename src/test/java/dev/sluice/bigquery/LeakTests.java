package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.BigQueryFailure.Transient;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many calls from many threads, one in twenty meeting a fault: nothing is left behind. */
@Tag("clock")
class LeakTests {

    private static final int POOL = 500;
    private static final int EVERY = 20;

    /** Answers, except every twentieth request; counts the connections that it destroys. */
    private static final class Moody implements AutoCloseable {
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger destroyed = new AtomicInteger();
        private final ScriptedServer server = new ScriptedServer(this::play, false);

        private void play(Request request, Connection connection) throws IOException {
            int number = requests.incrementAndGet();
            if (number % EVERY != 0) {
                connection.json(200, "{}");
                return;
            }
            switch (number / EVERY % 5) {
                case 0 -> connection.error(503, "backendError", "later");
                case 1 -> connection.error(403, "rateLimitExceeded", "slower");
                case 2 -> {
                    destroyed.incrementAndGet();
                    connection.reset();
                }
                case 3 -> {
                    destroyed.incrementAndGet();
                    connection.drop();
                }
                default -> {
                    destroyed.incrementAndGet();
                    connection.head(200, Map.of("Content-Type", "application/json"), 100);
                    connection.write("{\"half\":");
                    connection.drop();
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @Test
    void fiveThousandCallsFromAHundredThreadsLeaveNothingBehind() throws Exception {
        calls(5_000, 100, POOL);
    }

    /** Most wait for a connection, some for one that breaks in another's hands. */
    @Test
    void callersThatShareFewConnectionsLeaveNothingBehind() throws Exception {
        calls(3_000, 100, 12);
    }

    @Test
    @Tag("sweep")
    void aHundredThousandCallsFromFiveHundredThreadsLeaveNothingBehind() throws Exception {
        calls(Shard.chosen().of(100_000), 500, POOL);
    }

    private static void calls(int calls, int threads, int pool) throws Exception {
        load(200, 10, POOL); // loads the classes and what the JDK opens once
        long filesBefore = openFiles();
        int threadsBefore = settled(Thread::activeCount, Integer.MAX_VALUE);
        int doorThreadsBefore = doorThreads();
        load(calls, threads, pool);
        assertThat(settled(LeakTests::doorThreads, doorThreadsBefore))
                .as("threads of the door, besides those of doors that other tests share")
                .isLessThanOrEqualTo(doorThreadsBefore);
        assertThat(settled(Thread::activeCount, threadsBefore)).isLessThanOrEqualTo(threadsBefore);
        assertThat(settled(() -> (int) openFiles(), (int) filesBefore)).isLessThanOrEqualTo((int) filesBefore);
    }

    /** Back-off costs no time here, so that a call may meet one dead connection after the other until it gives up. */
    private static boolean isAnswered(DoorUnderTest door) {
        try {
            door.tables.find(DoorUnderTest.TABLE, door.within(Duration.ofMinutes(2)));
            return true;
        } catch (Transient e) {
            return false;
        }
    }

    private static void load(int calls, int threads, int pool) throws Exception {
        int answered = 0;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try (var moody = new Moody()) {
            var gate = new Gate(new GateLimits(280, 100_000, 100), System::nanoTime);
            var door = new DoorUnderTest(
                    moody.server.url(),
                    pool,
                    Duration.ofSeconds(60),
                    DoorUnderTest.calls(new SkippingTime(), gate),
                    gate,
                    System::nanoTime);
            try (door) {
                var start = new CountDownLatch(1);
                List<Future<Integer>> done = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    done.add(callers.submit(() -> {
                        start.await();
                        return (int) IntStream.range(0, calls / threads)
                                .filter(call -> isAnswered(door))
                                .count();
                    }));
                }
                start.countDown();
                for (Future<Integer> each : done) {
                    answered += each.get(10, TimeUnit.MINUTES);
                }
                assertThat(answered).isGreaterThanOrEqualTo(calls - calls / 100);
                door.assertNothingLeased();
                assertThat(gate.admitted()).isZero();
                assertThat(gate.waiting()).isZero();
            }
            assertThat(settled(() -> (int) moody.server.open(), 0)).isZero();
            assertThat(moody.requests.get()).isGreaterThan(calls);
            assertThat(moody.server.accepted()).isLessThanOrEqualTo(Math.min(pool, threads) + moody.destroyed.get());
            System.out.printf(
                    "%d calls, %d of them answered, %d threads: %d requests, %d connections, %d destroyed by the server%n",
                    calls, answered, threads, moody.requests.get(), moody.server.accepted(), moody.destroyed.get());
        } finally {
            callers.shutdownNow();
            assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private interface Count {
        int now() throws IOException;
    }

    /** Gives threads and sockets that are ending up to 5 s to be gone. */
    private static int settled(Count count, int wanted) throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 100 && count.now() > wanted; i++) {
            never.await(50, TimeUnit.MILLISECONDS);
        }
        return count.now();
    }

    private static int doorThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bigquery-"))
                .count();
    }

    /** -1 where the system does not tell. */
    private static long openFiles() throws IOException {
        Path files = Path.of("/proc/self/fd");
        if (!Files.isDirectory(files)) {
            return -1;
        }
        try (Stream<Path> open = Files.list(files)) {
            return open.count();
        }
    }
}
