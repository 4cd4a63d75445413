package dev.sluice.bigquery;

import com.google.cloud.bigquery.DatasetId;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The door before a local BigQuery whose clock the test moves; table {@code d.t} holds numbers. */
public final class LocalDoor implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource time = () -> Clock.systemUTC().instant().plus(ahead.get());
    private final LocalBigQuery local;
    private final DoorUnderTest door;

    public LocalDoor(Path folder) throws IOException {
        local = LocalBigQuery.open(
                folder, 0, DoorUnderTest.TOKEN, time.withZone(ZoneOffset.UTC), LocalSettings.defaults());
        door = new DoorUnderTest(local.url());
    }

    public BigQueryResults results() {
        return door.results;
    }

    public Deadline within(Duration limit) {
        return door.within(limit);
    }

    public Instant now() {
        return time.instant();
    }

    public void advance(Duration by) {
        ahead.updateAndGet(by::plus);
    }

    /** SELECTs that were asked so far. */
    public long queries() {
        return door.observed.stream()
                .filter(job -> job.purpose().runId() == null)
                .count();
    }

    /** Appends so many numbers from {@code first} on. */
    public void numbers(long first, int count) throws IOException {
        Deadline deadline = within(LIMIT);
        door.tables.createDataset(DatasetId.of("sluice-local", "d"), deadline);
        door.tables.createStaging(DoorUnderTest.TABLE, DoorUnderTest.SCHEMA, Duration.ofDays(7), deadline);
        String content = LongStream.range(first, first + count)
                .mapToObj("{\"n\":%d}\n"::formatted)
                .collect(Collectors.joining());
        Effect plain = DoorUnderTest.effect(LIMIT);
        var key = new EffectKey(new InstanceKey("job", "numbers", 1), "load", first + "+" + count, "0123abcd");
        door.jobs.load(
                new Effect(key, 1, plain.fence(), Tier.BATCH, LIMIT, true, null),
                new LoadRequest(
                        DoorUnderTest.TABLE,
                        DoorUnderTest.SCHEMA,
                        LoadFormat.NDJSON,
                        count,
                        DoorUnderTest.content(content.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public void close() throws IOException {
        door.close();
        local.close();
    }
}
