package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.QuotaExhausted;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.IntentState;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault at every kind of call: typed, in time, nothing leaked, and right in the end. */
@Tag("clock")
class FaultGridTests {

    private static final int LANES = 4;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration SHORT_LIMIT = Duration.ofMillis(80);
    /** Generous, since pairs run side by side; {@link DeadlineCasesTests} holds the promise of 250 ms. */
    private static final Duration OVERRUN = Duration.ofSeconds(2);
    /** An address of this machine whose ports are all closed. */
    private static final String NOBODY_LISTENS = "127.0.0.2";

    /** A kind of call, and the operation that makes it. */
    private enum Call {
        FIND_TABLE((request, n) -> request.is("GET", "/tables/")) {
            @Override
            void make(Case it) {
                it.door.tables.createStaging(it.table, DoorUnderTest.SCHEMA, LIMIT, it.deadline());
                it.door.tables.find(it.table, it.deadline()); // a 409 that lies leaves nothing to be found
            }
        },
        CREATE_DATASET((request, n) -> request.is("POST", "/datasets") && !request.is("POST", "/tables")) {
            @Override
            void make(Case it) {
                it.door.tables.createDataset(DatasetId.of("p", it.name), it.deadline());
            }
        },
        CREATE_TABLE((request, n) -> request.is("POST", "/tables")) {
            @Override
            void make(Case it) {
                it.door.tables.createStaging(it.table, DoorUnderTest.SCHEMA, LIMIT, it.deadline());
            }
        },
        DROP_TABLE((request, n) -> request.is("DELETE", "/tables/")) {
            @Override
            void make(Case it) {
                it.door.tables.drop(it.table, it.deadline());
            }
        },
        SUBMIT_JOB((request, n) -> request.is("POST", "/jobs")) {
            @Override
            void make(Case it) {
                it.door.jobs.execute(it.effect(), DoorUnderTest.STATEMENT);
            }
        },
        FIND_JOB((request, n) -> request.is("GET", "/jobs/")) {
            @Override
            void make(Case it) {
                it.door.jobs.execute(it.effect(), DoorUnderTest.STATEMENT);
            }
        },
        SUBMIT_QUERY((request, n) -> request.is("POST", "/jobs")) {
            @Override
            void make(Case it) {
                assertThat(it.door
                                .jobs
                                .query(DoorUnderTest.STATEMENT, it.deadline())
                                .rows())
                        .hasSize(2);
            }
        },
        AWAIT_RESULT((request, n) -> request.is("GET", "/queries/")) {
            @Override
            void make(Case it) {
                SUBMIT_QUERY.make(it);
            }
        },
        READ_PAGE((request, n) -> request.is("GET", "pageToken")) {
            @Override
            void make(Case it) {
                SUBMIT_QUERY.make(it);
            }
        },
        READ_KEPT_PAGE((request, n) -> request.is("GET", "startIndex")) {
            @Override
            void make(Case it) {
                Deadline whole = it.deadline();
                KeptResult kept = it.door.results.keep(DoorUnderTest.STATEMENT, whole);
                boolean isThere =
                        it.door.results.page(kept.bigQueryJobId(), 0, whole).isPresent();
                assertThat(isThere || it.bench.hasDenied()).isTrue();
            }
        },
        BEGIN_UPLOAD((request, n) -> request.is("POST", "/upload/")) {
            @Override
            void make(Case it) {
                it.door.jobs.load(it.effect(), it.load());
            }
        },
        SEND_CHUNK((request, n) -> request.method().equals("PUT")) {
            @Override
            void make(Case it) {
                BEGIN_UPLOAD.make(it);
            }
        };

        private final BiPredicate<Request, Integer> isIt;

        Call(BiPredicate<Request, Integer> isIt) {
            this.isIt = isIt;
        }

        abstract void make(Case it);

        boolean isEffect() {
            return this == SUBMIT_JOB || this == FIND_JOB || this == BEGIN_UPLOAD || this == SEND_CHUNK;
        }
    }

    /** A fault at the first exchange, of the n-th in all, for which this holds; it happens once. */
    private static final class Planted {
        private final WireFault fault;
        private final BiPredicate<Request, Integer> at;
        private boolean over;

        Planted(WireFault fault, BiPredicate<Request, Integer> at) {
            this.fault = fault;
            this.at = at;
        }
    }

    /** One server and one door, for one case after the other. */
    private static final class Bench implements AutoCloseable {
        private static final Duration SLOWEST = Duration.ofMinutes(1);

        private final MiniBigQuery bigQuery = new MiniBigQuery();
        private final ScriptedServer server = new ScriptedServer(this::play, false);
        private final SkippingTime time = new SkippingTime();
        private final DoorUnderTest door;
        private final List<Planted> planted = new ArrayList<>();
        private Duration slowness = Duration.ZERO;
        private int exchanges;
        private int refusals;

        Bench() throws IOException {
            door = new DoorUnderTest(server.url(), 4, time, new InMemoryDnsResolver() {
                @Override
                public InetAddress[] resolve(String host) throws UnknownHostException {
                    return InetAddress.getAllByName(isRefused() ? NOBODY_LISTENS : host);
                }
            });
        }

        /** @param limit of the operation that is to meet the faults */
        synchronized void plant(List<Planted> faults, Duration limit) {
            Duration share = limit.dividedBy(4);
            slowness = share.compareTo(SLOWEST) < 0 ? share : SLOWEST;
            exchanges = 0;
            refusals = 0;
            planted.clear();
            planted.addAll(faults);
        }

        synchronized boolean met() {
            return planted.stream().allMatch(fault -> fault.over) && refusals == 0;
        }

        /** Whether it was said of something that it is not there, although it is. */
        synchronized boolean hasDenied() {
            return planted.stream().anyMatch(lie -> lie.over && lie.fault == WireFault.SESSION_UNKNOWN);
        }

        private synchronized boolean isRefused() {
            boolean refused = refusals > 0;
            refusals = 0;
            return refused;
        }

        private synchronized void refuseNext() {
            refusals = 1;
        }

        private synchronized @Nullable WireFault next(Request request) {
            exchanges++;
            for (Planted fault : planted) {
                if (!fault.over && fault.at.test(request, exchanges)) {
                    fault.over = true;
                    return fault.fault;
                }
            }
            return null;
        }

        private void play(Request request, Connection connection) throws IOException, InterruptedException {
            WireFault fault = request.is("POST", "/cancel") ? null : next(request);
            if (fault == null) {
                WireFault.send(bigQuery.answer(request), connection);
                return;
            }
            if (fault == WireFault.REFUSED) {
                refuseNext();
                server.hangUp();
            }
            if (fault == WireFault.SLOW) {
                time.await(slowness);
            }
            fault.play(request, connection, bigQuery);
        }

        @Override
        public void close() throws IOException {
            door.assertNothingLeased();
            door.close();
            server.close();
        }
    }

    /** One operation under names of its own. */
    private record Case(Bench bench, DoorUnderTest door, String name, TableId table, Duration limit) {

        Case(Bench bench, String name, Duration limit) {
            this(bench, bench.door, name, TableId.of("p", "d", name), limit);
        }

        Case in(Duration otherLimit) {
            return new Case(bench, name, otherLimit);
        }

        Deadline deadline() {
            return new RunningDeadline(Tier.USER, limit, bench.time);
        }

        Effect effect() {
            var key = new EffectKey(new InstanceKey("job", name, 1), "step", "all", "0123abcd");
            return DoorUnderTest.effect(key, limit);
        }

        LoadRequest load() {
            return new LoadRequest(
                    table,
                    DoorUnderTest.SCHEMA,
                    LoadFormat.NDJSON,
                    1,
                    DoorUnderTest.content("{\"n\":1}\n".getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** @return how the operation failed; null if it did not */
    private static @Nullable BigQueryFailure make(Call call, Case it) {
        try {
            call.make(it);
            return null;
        } catch (BigQueryFailure e) {
            return e;
        }
    }

    /** With the faults gone, the same operation succeeds and has happened once. */
    private static void assertRightInTheEnd(Call call, Case it) {
        it.bench.plant(List.of(), LIMIT);
        Case calm = it.in(LIMIT);
        assertThat(make(call, calm)).isNull();
        if (call == Call.FIND_TABLE || call == Call.CREATE_TABLE) {
            assertThat(calm.door.tables.find(calm.table, calm.deadline())).isPresent();
        }
        if (call.isEffect()) {
            EffectKey key = it.effect().key();
            assertThat(it.door.intents.of(key.instance(), "step").stream()
                            .filter(intent -> intent.state() == IntentState.DONE))
                    .hasSize(1);
            String id = key.bigQueryJobId(1);
            assertThat(it.bench.bigQuery.jobs(id.substring(0, id.length() - 1)))
                    .as("jobs of " + id)
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsAsItShouldAndIsRightInTheEnd(Call call) throws IOException {
        try (var bench = new Bench()) {
            for (WireFault fault : WireFault.values()) {
                if (!fault.isOfUploads() || call == Call.SEND_CHUNK) {
                    cell(bench, call, fault);
                }
            }
        }
    }

    /** Where only the deadline ends the fault, with a longer one until the machine gets as far as the fault. */
    private static void cell(Bench bench, Call call, WireFault fault) {
        Duration limit = fault.isSilence() ? SHORT_LIMIT : LIMIT;
        while (!isMet(bench, call, fault, limit)) {
            assertThat(limit).isLessThan(Duration.ofSeconds(5));
            limit = limit.multipliedBy(2);
        }
    }

    private static boolean isMet(Bench bench, Call call, WireFault fault, Duration limit) {
        var it = new Case(bench, "%s_%s_%s".formatted(call, fault, limit.toMillis()), limit);
        bench.plant(List.of(new Planted(fault, call.isIt)), limit);
        BigQueryFailure failure = make(call, it);
        if (!bench.met()) {
            return false;
        }
        assertThat(failure == null ? "success" : failure.getClass().getSimpleName())
                .as(it.name())
                .isEqualTo(expected(call, fault));
        assertRightInTheEnd(call, it);
        return true;
    }

    private static String expected(Call call, WireFault fault) {
        boolean submits = call == Call.SUBMIT_JOB || call == Call.BEGIN_UPLOAD;
        return switch (fault) {
            case SILENT, SILENT_AFTER_WORK, TRICKLE -> name(DeadlineExceeded.class);
            case QUOTA_SPENT -> name(QuotaExhausted.class);
            case UNAUTHORIZED -> name(Permanent.class);
            case JOB_BACKEND_ERROR, JOB_INTERNAL_ERROR -> {
                boolean again = submits || call == Call.SEND_CHUNK || ofAQuery(call);
                yield again ? "success" : name(Permanent.class);
            }
            case CONFLICT -> {
                if (submits || call == Call.SEND_CHUNK) {
                    yield name(Transient.class); // it says that the job is there, but it is not
                }
                yield call == Call.CREATE_DATASET || call == Call.CREATE_TABLE ? "success" : name(Permanent.class);
            }
            default -> "success";
        };
    }

    private static boolean ofAQuery(Call call) {
        return call == Call.SUBMIT_QUERY || call == Call.AWAIT_RESULT || call == Call.READ_PAGE;
    }

    private static String name(Class<?> type) {
        return type.getSimpleName();
    }

    @Test
    void aHundredPairsOfFaultsEndTypedAndInTimeAndAreRightInTheEnd() throws Exception {
        pairs(100);
    }

    @Test
    @Tag("sweep")
    void twoThousandPairsOfFaultsEndTypedAndInTimeAndAreRightInTheEnd() throws Exception {
        pairs(Shard.chosen().of(2_000));
    }

    private static void pairs(int count) throws Exception {
        long seed = 20261126;
        System.out.printf("fault pairs: %d, seed %d%n", count, seed);
        var random = new Random(seed);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            long laneSeed = random.nextLong();
            work.add(() -> pairs(laneSeed, count / LANES));
        }
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            for (Future<Boolean> lane : threads.invokeAll(work)) {
                assertThat(lane.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean pairs(long seed, int count) throws IOException {
        var random = new Random(seed);
        try (var bench = new Bench()) {
            warmUp(bench, "warm%d".formatted(seed).replace('-', 'm'));
            for (int i = 0; i < count; i++) {
                pair(bench, random.nextLong(), "pair%d_%d".formatted(seed, i).replace('-', 'm'));
            }
        }
        return true;
    }

    /** Loads the classes, so that the limits measure waiting. */
    private static void warmUp(Bench bench, String name) {
        for (Call call : Call.values()) {
            assertRightInTheEnd(call, new Case(bench, name + call, LIMIT));
        }
    }

    private static void pair(Bench bench, long seed, String name) {
        var random = new Random(seed);
        Call call = Call.values()[random.nextInt(Call.values().length)];
        List<WireFault> faults = Stream.generate(() -> random.nextInt(WireFault.values().length))
                .map(i -> WireFault.values()[i])
                .limit(2)
                .toList();
        int first = 1 + random.nextInt(3);
        int second = first + 1 + random.nextInt(3);
        boolean isSilent = faults.stream().anyMatch(WireFault::isSilence);
        var it = new Case(bench, name, isSilent ? SHORT_LIMIT : LIMIT);
        bench.plant(
                List.of(
                        new Planted(faults.get(0), (request, n) -> n == first),
                        new Planted(faults.get(1), (request, n) -> n == second)),
                it.limit());
        Deadline whole = it.deadline();
        BigQueryFailure failure = make(call, it);
        // finding a table is two operations, each with a limit of its own
        Duration allowed = call == Call.FIND_TABLE ? it.limit().multipliedBy(2) : it.limit();
        assertThat(whole.elapsed())
                .as("%s with %s at %s: %s", call, faults, List.of(first, second), failure)
                .isLessThan(allowed.plus(OVERRUN));
        assertRightInTheEnd(call, it);
    }

    @Test
    void isAsLargeAsItSays() {
        long ofAll = Arrays.stream(WireFault.values())
                .filter(fault -> !fault.isOfUploads())
                .count();
        assertThat(ofAll).isGreaterThanOrEqualTo(22);
        assertThat(Call.values()).hasSizeGreaterThanOrEqualTo(10);
    }
}
