package dev.sluice.bigquery.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.bigquery.ConnectionLoad;
import dev.sluice.bigquery.GateLoad;
import dev.sluice.bigquery.JobFigures;
import dev.sluice.bigquery.JobOutcome;
import dev.sluice.bigquery.JobPurpose;
import dev.sluice.bigquery.ObservedJob;
import dev.sluice.bigquery.Tier;
import dev.sluice.ledger.QueryRecord;
import dev.sluice.ledger.QueryRecords;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.QueryTimeoutException;

class QueryMonitorTests {

    private static final long GIB = 1L << 30;
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.sluice");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RecordsInMemory records = new RecordsInMemory();

    /** What would stand in the repository. */
    private static final class RecordsInMemory implements QueryRecords {

        private final List<QueryRecord> kept = new CopyOnWriteArrayList<>();
        private final List<Duration> forgotten = new CopyOnWriteArrayList<>();
        private boolean broken;

        @Override
        public void add(List<QueryRecord> records) {
            if (broken) {
                throw new QueryTimeoutException("the database is away");
            }
            kept.addAll(records);
        }

        @Override
        public void forgetAfter(Duration retention) {
            forgotten.add(retention);
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        OURS.addAppender(log);
    }

    @AfterEach
    void endListening() {
        OURS.detachAppender(log);
    }

    /** @param settings keys below {@code sluice.bigquery.monitor} and their values */
    private static MonitorProperties properties(Map<String, String> settings) {
        var prefixed = new java.util.HashMap<String, String>();
        settings.forEach((key, value) -> prefixed.put("m." + key, value));
        return new Binder(new MapConfigurationPropertySource(prefixed)).bindOrCreate("m", MonitorProperties.class);
    }

    private void observe(Map<String, String> settings, ObservedJob... jobs) {
        MonitorProperties properties = properties(settings);
        try (var monitor =
                new QueryMonitor(properties, new DoorMeters(meters, properties.orgLabels()), records).start()) {
            for (ObservedJob job : jobs) {
                monitor.ended(job);
            }
        }
    }

    private static ObservedJob job(Tier tier, String org, Duration elapsed, long bytes) {
        var figures = new JobFigures(bytes, bytes, 5L, 1L, false);
        return new ObservedJob(
                new JobPurpose("query", "family/read.sql", tier, org, null),
                "job-1",
                JobOutcome.DONE,
                elapsed,
                1,
                new JobFigures(bytes, null, null, 1L, null),
                () -> figures);
    }

    private static ObservedJob batch(Duration elapsed, long bytes) {
        return job(Tier.BATCH, "acme_corp", elapsed, bytes);
    }

    private List<String> severities() {
        return records.kept.stream().map(record -> record.end().severity()).toList();
    }

    private List<String> logged(String level) {
        return log.list.stream()
                .filter(event -> event.getLevel().toString().equals(level))
                .map(ILoggingEvent::getLoggerName)
                .toList();
    }

    @Test
    void judgesByBytesAndByWaiting() {
        observe(
                Map.of(),
                batch(Duration.ofMillis(9_999), GIB - 1),
                batch(Duration.ofSeconds(10), 0),
                batch(Duration.ZERO, GIB),
                batch(Duration.ofSeconds(60), 0),
                batch(Duration.ZERO, 10 * GIB));

        assertThat(severities()).containsExactly("OK", "WARN", "WARN", "ALERT", "ALERT");
        assertThat(logged("WARN")).hasSize(2);
        assertThat(logged("ERROR")).hasSize(2);
    }

    @Test
    void judgesAsItIsTold() {
        observe(Map.of("warn-bytes", "1KB"), batch(Duration.ZERO, 1024));
        observe(Map.of("warn-elapsed", "1s"), batch(Duration.ofSeconds(1), 0));
        observe(Map.of("alert-bytes", "2GB"), batch(Duration.ZERO, 2 * GIB));
        observe(Map.of("alert-elapsed", "11s"), batch(Duration.ofSeconds(11), 0));

        assertThat(severities()).containsExactly("WARN", "WARN", "ALERT", "ALERT");
    }

    @Test
    void tellsSlowQueriesOfThoseForWhomSomebodyWaits() {
        for (Tier tier : Tier.values()) {
            observe(Map.of(), job(tier, "acme_corp", Duration.ofSeconds(2), 0));
        }
        assertThat(logged("WARN")).containsExactly(JobLog.SLOW_QUERIES, JobLog.SLOW_QUERIES);
        log.list.clear();
        observe(Map.of("slow", "3s"), job(Tier.USER, "acme_corp", Duration.ofSeconds(2), 0));
        assertThat(log.list).isEmpty();
    }

    @Test
    void namesTheJobAndWhatItCostInTheLog() {
        observe(Map.of(), batch(Duration.ofSeconds(12), 3 * GIB));

        assertThat(log.list.get(0).getFormattedMessage())
                .startsWith("query family/read.sql: DONE after 12000 ms, 3221225472 bytes processed")
                .contains("1 retries", "tier BATCH", "org acme_corp", "BigQuery job job-1", "sluice queries");
    }

    @Test
    void keepsEveryNumber() {
        observe(Map.of(), batch(Duration.ofMillis(12), 9));

        var subject = new QueryRecord.Subject("query", "family/read.sql", "BATCH", "acme_corp", null, "job-1");
        assertThat(records.kept)
                .containsExactly(
                        new QueryRecord(subject, new QueryRecord.End("DONE", "OK", 12, 1), 9L, 9L, 5L, 1L, false));
        assertThat(records.forgotten).containsExactly(Duration.ofDays(30));
    }

    @Test
    void neitherKeepsNorAsksIfItIsNotToRecord() {
        var asked = new AtomicInteger();
        ObservedJob plain = batch(Duration.ofSeconds(11), 0);
        observe(
                Map.of("record", "false"),
                new ObservedJob(
                        plain.purpose(),
                        plain.bigQueryJobId(),
                        plain.outcome(),
                        plain.elapsed(),
                        0,
                        plain.known(),
                        () -> {
                            asked.incrementAndGet();
                            return JobFigures.UNKNOWN;
                        }));

        assertThat(records.kept).isEmpty();
        assertThat(records.forgotten).isEmpty();
        assertThat(asked).hasValue(0);
        assertThat(logged("WARN")).hasSize(1);
    }

    @Test
    void forgetsWhenItIsTold() {
        observe(Map.of("retention", "2d"));

        assertThat(records.forgotten).containsExactly(Duration.ofDays(2));
    }

    @Test
    void countsCostsByTenantAndFewOfThem() {
        observe(
                Map.of("org-labels", "2"),
                job(Tier.USER, "acme_corp", Duration.ofMillis(5), 100),
                job(Tier.USER, "beta_corp", Duration.ofMillis(5), 10),
                job(Tier.USER, "ceta_corp", Duration.ofMillis(5), 1),
                job(Tier.USER, "acme_corp", Duration.ofMillis(5), 100));

        assertThat(processed("acme_corp")).isEqualTo(200);
        assertThat(processed("beta_corp")).isEqualTo(10);
        assertThat(processed(BoundedNames.OTHER)).isEqualTo(1);
        assertThat(meters.get("sluice.bigquery.jobs")
                        .tag("operation", "family/read.sql")
                        .timer()
                        .count())
                .isEqualTo(4);
    }

    private double processed(String org) {
        return meters.get("sluice.bigquery.bytes.processed")
                .tag("org", org)
                .counter()
                .count();
    }

    @Test
    void tellsHowLongHowManyHaveWaited() {
        var door = new DoorMeters(meters, 10);
        door.admitted("submit", Tier.USER, Duration.ofMillis(20));
        observe(Map.of(), batch(Duration.ofSeconds(5), 1));

        assertThat(atMost("sluice.bigquery.gate.wait", Duration.ofMillis(10))).isZero();
        assertThat(atMost("sluice.bigquery.gate.wait", Duration.ofMillis(100))).isEqualTo(1);
        assertThat(atMost("sluice.bigquery.jobs", Duration.ofSeconds(2))).isZero();
        assertThat(atMost("sluice.bigquery.jobs", Duration.ofSeconds(10))).isEqualTo(1);
    }

    /** What a histogram says took no longer. */
    private double atMost(String timer, Duration limit) {
        return Arrays.stream(meters.get(timer).timer().takeSnapshot().histogramCounts())
                .filter(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) == limit.toMillis())
                .mapToDouble(CountAtBucket::count)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void timesExchangesAndCountsRepetitionsAndCuts() {
        var door = new DoorMeters(meters, 10);
        door.answered("poll", Tier.USER, "ok", Duration.ofMillis(3));
        door.repeated("poll", Tier.USER);
        door.cut("poll", Tier.USER);
        for (int i = 0; i < 500; i++) {
            door.answered("poll", Tier.USER, "reason" + i, Duration.ofMillis(3));
        }

        assertThat(meters.get("sluice.bigquery.calls")
                        .tag("answer", "ok")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("sluice.bigquery.retries").counter().count()).isEqualTo(1);
        assertThat(meters.get("sluice.bigquery.deadlines").counter().count()).isEqualTo(1);
        assertThat(meters.find("sluice.bigquery.calls").timers()).hasSize(201);
    }

    @Test
    void showsHowBusyConnectionsAndGateAre() {
        var gauges = new LoadGauges(meters);
        gauges.show(new ConnectionLoad() {
            @Override
            public int leased() {
                return 1;
            }

            @Override
            public int open() {
                return 2;
            }

            @Override
            public int waiting() {
                return 3;
            }
        });
        gauges.show(new GateLoad() {
            @Override
            public int admitted() {
                return 4;
            }

            @Override
            public int waiting() {
                return 5;
            }
        });

        assertThat(List.of("pool.leased", "pool.open", "pool.waiting", "gate.admitted", "gate.waiting"))
                .extracting(
                        name -> meters.get("sluice.bigquery." + name).gauge().value())
                .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    }

    @Test
    void survivesARepositoryThatIsAway() {
        records.broken = true;
        observe(Map.of(), batch(Duration.ofMillis(1), 1));
        records.broken = false;
        observe(Map.of(), batch(Duration.ofMillis(1), 1));

        assertThat(records.kept).hasSize(1);
        assertThat(logged("WARN")).hasSize(1);
    }

    @Test
    void dropsAndCountsWhatNobodyHasTimeFor() {
        MonitorProperties properties = properties(Map.of());
        var monitor = new QueryMonitor(properties, new DoorMeters(meters, 10), records);
        for (int i = 0; i < QueryMonitor.MOST_WAITING + 3; i++) {
            monitor.ended(batch(Duration.ofMillis(1), 1));
        }
        assertThat(meters.get("sluice.bigquery.monitor.dropped").counter().count())
                .isEqualTo(3);
        monitor.start().close();
        assertThat(records.kept).hasSize(QueryMonitor.MOST_WAITING);
        monitor.ended(batch(Duration.ofMillis(1), 1));
        assertThat(meters.get("sluice.bigquery.monitor.dropped").counter().count())
                .isEqualTo(4);
    }
}
