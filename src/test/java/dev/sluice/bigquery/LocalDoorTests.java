package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.QuotaExhausted;
import dev.sluice.bigquery.FaultyProxy.Fault;
import dev.sluice.bigquery.FaultyProxy.Remedy;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Intent;
import dev.sluice.ledger.IntentState;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The door before the local BigQuery, undisturbed and with every single exchange disturbed. */
@Tag("clock")
class LocalDoorTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SHORT_LIMIT = Duration.ofMillis(400);
    private static final int FEWEST_EXCHANGES = 8;
    private static LocalBigQuery local;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        local = LocalBigQuery.open(folder, 0, DoorUnderTest.TOKEN, Clock.systemUTC(), LocalSettings.defaults());
    }

    @AfterAll
    static void close() {
        local.close();
    }

    /** Makes a table, loads three rows, adds them once more by DML, and counts. */
    private static long story(DoorUnderTest door, String name, Duration limit) {
        TableId table = TableId.of("sluice-local", "d", name);
        Deadline deadline = door.within(limit);
        if (door.tables.find(table, deadline).isEmpty()) {
            door.tables.createDataset(DatasetId.of("sluice-local", "d"), deadline);
            door.tables.createStaging(table, DoorUnderTest.SCHEMA, Duration.ofDays(1), deadline);
        }
        door.jobs.load(effect(name, "load", limit), rows(table, 3));
        door.jobs.execute(
                effect(name, "add", limit),
                statement(
                        "INSERT INTO `sluice-local.d.%s` (n) SELECT n FROM `sluice-local.d.%s`".formatted(name, name)));
        return count(door, name, limit);
    }

    private static long count(DoorUnderTest door, String name, Duration limit) {
        QueryRows rows = door.jobs.query(
                statement("SELECT COUNT(*) AS n FROM `sluice-local.d.%s`".formatted(name)), door.within(limit));
        return rows.rows().get(0).get("n").getLongValue();
    }

    private static SqlStatement statement(String text) {
        return new SqlStatement("test.sql", text, Map.of());
    }

    private static Effect effect(String name, String step, Duration limit) {
        Effect plain = DoorUnderTest.effect(limit);
        var key = new EffectKey(new InstanceKey("job", name, 1), step, "all", "0123abcd");
        return new Effect(key, 1, plain.fence(), Tier.BATCH, limit, true, null);
    }

    private static LoadRequest rows(TableId table, int rows) {
        String content =
                IntStream.range(0, rows).mapToObj("{\"n\":%d}\n"::formatted).collect(Collectors.joining());
        return new LoadRequest(
                table,
                DoorUnderTest.SCHEMA,
                LoadFormat.NDJSON,
                rows,
                DoorUnderTest.content(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void adoptsEverythingWhenTheLedgerIsNewAndTheJobsAreOld() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (var door = new DoorUnderTest(local.url())) {
                assertThat(story(door, "adopted", LIMIT)).isEqualTo(6);
                assertThat(door.intents.states()).containsExactly(IntentState.DONE, IntentState.DONE);
            }
        }
    }

    @Test
    void readsEveryPageOfAResult() throws IOException {
        try (var door = new DoorUnderTest(local.url())) {
            TableId table = TableId.of("sluice-local", "d", "pages");
            Deadline deadline = door.within(LIMIT);
            door.tables.createDataset(DatasetId.of("sluice-local", "d"), deadline);
            door.tables.createStaging(table, DoorUnderTest.SCHEMA, Duration.ofDays(1), deadline);
            door.jobs.load(effect("pages", "load", LIMIT), rows(table, 25_000));

            QueryRows all =
                    door.jobs.query(statement("SELECT n FROM `sluice-local.d.pages` ORDER BY n"), door.within(LIMIT));
            assertThat(all.rows()).hasSize(25_000);
            FieldValueList last = all.rows().get(24_999);
            assertThat(last.get("n").getLongValue()).isEqualTo(24_999);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST_LOST", "REPLY_LOST"})
    void happensOnceWhicheverExchangeIsLost(Fault fault) throws IOException {
        disturb(fault, new Shard(1, 1));
    }

    /** Every exchange, or with {@code -Dsweep.shard=k/n} each n-th beginning with the k-th. */
    @Tag("sweep")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REQUEST_LOST", "REPLY_LOST"})
    void happensOnceWhicheverExchangeMeetsTheFault(Fault fault) throws IOException {
        disturb(fault, Shard.chosen());
    }

    private static void disturb(Fault fault, Shard shard) throws IOException {
        int exchanges = disturbed(fault, 0);
        assertThat(exchanges).isGreaterThan(FEWEST_EXCHANGES);
        for (int at = 1; at <= exchanges; at++) {
            if (shard.covers(at)) {
                disturbed(fault, at);
            }
        }
    }

    /** @return how many exchanges it took */
    private static int disturbed(Fault fault, int at) throws IOException {
        String name = "%s_%d".formatted(fault, at).toLowerCase(Locale.ROOT);
        var calls = DoorUnderTest.calls(Pauses::brief);
        try (var proxy = new FaultyProxy(local.url(), fault, at);
                var door = new DoorUnderTest(proxy.url(), 4, Duration.ofSeconds(5), calls)) {
            if (at > 0 && fault.remedy() != Remedy.REPEAT) {
                interrupted(door, name, fault, at);
            }
            assertThat(story(door, name, LIMIT))
                    .as("%s at exchange %d", fault, at)
                    .isEqualTo(6);
            assertThat(door.intents.states()).containsExactly(IntentState.DONE, IntentState.DONE);
            assertThat(door.intents.of(new InstanceKey("job", name, 1), "load"))
                    .extracting(Intent::attempt)
                    .containsExactly(1);
            door.assertNothingLeased();
            return proxy.exchanges();
        }
    }

    /** A run that the fault ends, unless this time it took fewer polls and never met it. */
    private static void interrupted(DoorUnderTest door, String name, Fault fault, int at) {
        Duration limit = fault.remedy() == Remedy.WAIT ? SHORT_LIMIT : LIMIT;
        try {
            story(door, name, limit);
            assertThat(at).isGreaterThan(FEWEST_EXCHANGES);
        } catch (DeadlineExceeded e) {
            assertThat(fault.remedy()).isEqualTo(Remedy.WAIT);
            assertThat(e.elapsed()).isLessThan(limit.plusMillis(250));
        } catch (Permanent | QuotaExhausted e) {
            assertThat(fault.remedy()).isEqualTo(Remedy.GIVE_UP);
        }
    }
}
