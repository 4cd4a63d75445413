package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.util.unit.DataSize.ofGigabytes;

import com.google.api.services.bigquery.Bigquery;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.Fence;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.LeaseLost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** The door as {@link BigQueryWiring} makes it, before a server of the test's choice. */
final class DoorUnderTest implements AutoCloseable {

    static final String TOKEN = "secret-token";
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    static final Duration QUOTA_PAUSE = Duration.ofMinutes(10);
    static final Duration SILENCE = Duration.ofSeconds(2);
    static final Duration GRACE = Duration.ofMillis(300);
    static final GateLimits NO_LIMITS = new GateLimits(10_000, 10_000, 100);
    static final DataSize MAXIMUM_BILLED = ofGigabytes(3);
    static final DataSize MAXIMUM_BILLED_USER = ofGigabytes(2);
    static final TableId TABLE = TableId.of("sluice-local", "d", "t");
    static final Schema SCHEMA = Schema.of(Field.of("n", StandardSQLTypeName.INT64));
    static final SqlStatement STATEMENT = new SqlStatement("test.sql", "SELECT 1", Map.of());

    private static final AtomicInteger DOORS = new AtomicInteger();

    private final BigQueryWiring wiring = new BigQueryWiring();
    private final Project project = wiring.bigQueryProject("sluice-local", "US");
    private final int number = DOORS.incrementAndGet();
    private final AtomicInteger queries = new AtomicInteger();
    final RunningJobs running;
    final OpenDoor door;
    final PooledTransport transport;
    final Bigquery bigquery;
    final Deadlines deadlines;
    final List<ObservedJob> observed = new CopyOnWriteArrayList<>();
    final IntentsInMemory intents = new IntentsInMemory();
    final BigQueryTables tables;
    final BigQueryJobs jobs;
    final BigQueryResults results;

    DoorUnderTest(String url) throws IOException {
        this(url, 10, Duration.ofSeconds(10), calls(waiting()));
    }

    /** Retries as the program does, with a seed. */
    static RemoteCalls calls(Waiter waiter) {
        return calls(waiter, CallObserver.NONE);
    }

    static RemoteCalls calls(Waiter waiter, CallObserver observer) {
        return calls(waiter, new Gate(NO_LIMITS, System::nanoTime), observer);
    }

    static RemoteCalls calls(Waiter waiter, Gate gate) {
        return calls(waiter, gate, CallObserver.NONE);
    }

    private static RemoteCalls calls(Waiter waiter, Gate gate, CallObserver observer) {
        var failures = new Failures(Clock.fixed(NOW, ZoneOffset.UTC), QUOTA_PAUSE);
        var retries = new Retries(new Backoff(new Random(7)), new RetryBudget(System::nanoTime), failures);
        return new RemoteCalls(waiter, gate, retries, failures, observer);
    }

    /** Waits as long as it is told. */
    static Waiter waiting() {
        return time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    DoorUnderTest(String url, int poolSize, Duration connectTimeout, RemoteCalls calls) throws IOException {
        this(url, poolSize, connectTimeout, calls, new Gate(NO_LIMITS, System::nanoTime), System::nanoTime);
    }

    /** With pauses that cost no time. */
    DoorUnderTest(String url, int poolSize, SkippingTime time, DnsResolver resolver) throws IOException {
        this(
                properties(url, poolSize, Duration.ofSeconds(10)),
                resolver,
                calls(time),
                new Gate(NO_LIMITS, System::nanoTime),
                time);
    }

    /** @param gate that the calls pass, to be closed with the door */
    DoorUnderTest(
            String url, int poolSize, Duration connectTimeout, RemoteCalls calls, Gate gate, LongSupplier nanoTime)
            throws IOException {
        this(properties(url, poolSize, connectTimeout), SystemDefaultDnsResolver.INSTANCE, calls, gate, nanoTime);
    }

    /**
     * With the settings of a process that is told nothing else.
     *
     * @param settings to set otherwise
     */
    static DoorUnderTest asShipped(String url, Gate gate, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("b.endpoint", url, "b.token", TOKEN));
        settings.forEach((key, value) -> all.put("b." + key, value));
        BigQueryProperties properties =
                new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("b", BigQueryProperties.class);
        return new DoorUnderTest(
                properties, SystemDefaultDnsResolver.INSTANCE, calls(gate::pause, gate), gate, System::nanoTime);
    }

    private static BigQueryProperties properties(String url, int poolSize, Duration connectTimeout) {
        Duration limit = Duration.ofSeconds(30);
        var tiers = new BigQueryProperties.Tiers(limit, limit, limit, limit, limit);
        var billed = new BigQueryProperties.MaximumBytesBilled(
                ofGigabytes(1), MAXIMUM_BILLED_USER, ofGigabytes(4), MAXIMUM_BILLED, ofGigabytes(5));
        return new BigQueryProperties(
                URI.create(url),
                TOKEN,
                poolSize,
                connectTimeout,
                SILENCE,
                GRACE,
                NO_LIMITS,
                QUOTA_PAUSE,
                billed,
                tiers);
    }

    private DoorUnderTest(
            BigQueryProperties properties, DnsResolver resolver, RemoteCalls calls, Gate gate, LongSupplier nanoTime)
            throws IOException {
        transport = new PooledTransport(properties, resolver);
        deadlines = new ConfiguredDeadlines(properties.tiers(), nanoTime);
        var credentials = wiring.bigQueryCredentials(properties, transport, deadlines);
        bigquery = wiring.bigquery(transport, credentials, properties);
        running = wiring.runningJobs(bigquery, project, calls);
        door = wiring.openDoor(gate, running, credentials, transport, properties);
        tables = wiring.bigQueryTables(bigquery, project, calls, door);
        ResultPages pages = wiring.resultPages(bigquery, project, calls);
        var resources = BigQueryWiring.resources(project, properties);
        var reads = new QueryReads(
                bigquery, project, calls, resources, running, pages, () -> queryId(queries.incrementAndGet()));
        jobs = wiring.bigQueryJobs(
                bigquery, project, calls, running, intents, deadlines, properties, reads, observed::add, door);
        results = wiring.bigQueryResults(reads, running, pages, observed::add, door);
    }

    /** What this door's n-th query is called, in the whole of a test run. */
    String queryId(int n) {
        return "job-%d-%d".formatted(number, n);
    }

    Deadline within(Duration limit) {
        return deadlines.start(Tier.USER, limit);
    }

    static Effect effect(Duration limit) {
        return effect("0123abcd", limit);
    }

    static Effect effect(String digest, Duration limit) {
        return effect(new EffectKey(new InstanceKey("job", "key", 1), "step", "bytes 0-1", digest), limit);
    }

    static Effect effect(EffectKey key, Duration limit) {
        return new Effect(key, 1, new OwnFence(), Tier.BATCH, limit, true, "acme_corp");
    }

    /** @param lost whether another owner has taken the run over */
    static Effect effectOfARun(BooleanSupplier lost, Duration limit) {
        Effect own = effect(limit);
        return new Effect(own.key(), own.runId(), new LosableFence(lost), own.tier(), limit, true, own.org());
    }

    static LoadRequest load(String content, long rows) {
        return new LoadRequest(
                TABLE, SCHEMA, LoadFormat.NDJSON, rows, content(content.getBytes(StandardCharsets.UTF_8)));
    }

    static LoadContent content(byte[] bytes) {
        return new LoadContent() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** A cut gives its connection back on the watchdog's thread, and cancels have a thread of their own: up to 1 s. */
    void assertNothingLeased() {
        var never = new CountDownLatch(1);
        try {
            for (int i = 0; i < 100 && transport.leased() > 0; i++) {
                never.await(10, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(transport.leased()).isZero();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    /** A fence that is never lost. */
    private static final class OwnFence implements Fence {
        @Override
        public void verify() {}

        @Override
        public void verifyInside(Connection transaction) {}
    }

    /** A fence that somebody else may have taken. */
    private record LosableFence(BooleanSupplier lost) implements Fence {
        @Override
        public void verify() {
            if (lost.getAsBoolean()) {
                throw new LeaseLost("taken over");
            }
        }

        @Override
        public void verifyInside(Connection transaction) {
            verify();
        }
    }
}
