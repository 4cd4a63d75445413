package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.FaultyProxy.Fault;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Intent;
import dev.sluice.ledger.IntentState;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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
class LocalDoorTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
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
    private static long story(DoorUnderTest door, String name) {
        TableId table = TableId.of("sluice-local", "d", name);
        Deadline deadline = door.within(LIMIT);
        if (door.tables.find(table, deadline).isEmpty()) {
            door.tables.createDataset(DatasetId.of("sluice-local", "d"), deadline);
            door.tables.createStaging(table, DoorUnderTest.SCHEMA, Duration.ofDays(1), deadline);
        }
        door.jobs.load(effect(name, "load"), rows(table, 3));
        door.jobs.execute(
                effect(name, "add"),
                statement(
                        "INSERT INTO `sluice-local.d.%s` (n) SELECT n FROM `sluice-local.d.%s`".formatted(name, name)));
        return count(door, name);
    }

    private static long count(DoorUnderTest door, String name) {
        QueryRows rows = door.jobs.query(
                statement("SELECT COUNT(*) AS n FROM `sluice-local.d.%s`".formatted(name)), door.within(LIMIT));
        return rows.rows().get(0).get("n").getLongValue();
    }

    private static SqlStatement statement(String text) {
        return new SqlStatement("test.sql", text, Map.of());
    }

    private static Effect effect(String name, String step) {
        Effect plain = DoorUnderTest.effect(LIMIT);
        var key = new EffectKey(new InstanceKey("job", name, 1), step, "all", "0123abcd");
        return new Effect(key, 1, plain.fence(), Tier.BATCH, LIMIT, true);
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
                assertThat(story(door, "adopted")).isEqualTo(6);
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
            door.jobs.load(effect("pages", "load"), rows(table, 25_000));

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
        disturbEveryExchange(fault);
    }

    @Tag("sweep")
    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "REPLY_AN_ERROR", "REPLY_EMPTY", "REPLY_CUT"})
    void happensOnceWhicheverExchangeIsGarbled(Fault fault) throws IOException {
        disturbEveryExchange(fault);
    }

    private static void disturbEveryExchange(Fault fault) throws IOException {
        int exchanges = disturbed(fault, 0);
        assertThat(exchanges).isGreaterThan(8);
        for (int at = 1; at <= exchanges; at++) {
            disturbed(fault, at);
        }
    }

    private static int disturbed(Fault fault, int at) throws IOException {
        String name = "%s_%d".formatted(fault, at).toLowerCase(Locale.ROOT);
        var calls = new RemoteCalls(Pauses::brief, new Random(7));
        try (var proxy = new FaultyProxy(local.url(), fault, at);
                var door = new DoorUnderTest(proxy.url(), 4, Duration.ofSeconds(5), calls)) {
            assertThat(story(door, name)).as("%s at exchange %d", fault, at).isEqualTo(6);
            assertThat(door.intents.states()).containsExactly(IntentState.DONE, IntentState.DONE);
            assertThat(door.intents.of(new InstanceKey("job", name, 1), "load"))
                    .extracting(Intent::attempt)
                    .containsExactly(1);
            door.assertNothingLeased();
            return proxy.exchanges();
        }
    }
}
