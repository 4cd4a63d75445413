package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.LoadContent;
import dev.sluice.bigquery.LoadFormat;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.BlockContent;
import dev.sluice.item.ContentBlocks;
import dev.sluice.item.LoadProgress;
import dev.sluice.item.LoadUnit;
import dev.sluice.item.RowColumns;
import dev.sluice.item.avro.AvroRows;
import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Which way units take, and that both mean the same. */
@ExtendWith(SharedFixture.class)
class WireTests {

    private static final int ROWS = 150;
    private static final long SEED = 20_261_126;

    private static BulkInsertFixture fixture;

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    /** Of lines; the unit itself is whatever. */
    private static LoadUnit unit(String lines) {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        var content = new BlockContent(new ContentBlocks());
        content.append(bytes, 0, bytes.length);
        long longest = lines.lines().mapToInt(String::length).max().orElse(0);
        return unit(content, longest);
    }

    private static LoadUnit unit(LoadContent content, long longest) {
        return new LoadUnit(0, LoadProgress.from(new ExecutionContext()), 1, List.of(), content, 0, longest);
    }

    /** Takes units chunk by chunk; a chunk may have to wait for something else, or be sent again. */
    private static final class Line {

        private static final long SECOND = 1_000_000_000;
        private static final int CHUNK = 1000;

        private final List<LoadFormat> taken = new ArrayList<>();
        private final Wire wire;
        private long bytesPerSecond;
        private long secondsOfTheFirst;
        private long now;

        Line(WireFormat wanted, long bytesPerSecond) {
            var column = new TableColumn("id", ColumnType.INT64, ColumnMode.REQUIRED, List.of(), null);
            this.wire = new Wire(wanted, new AvroRows(RowColumns.of(List.of(column), null, null)), () -> now);
            this.bytesPerSecond = bytesPerSecond;
        }

        void send(LoadUnit unit) {
            wire.send(unit, this::take);
        }

        /** Writing Avro reads all of it at once, sending does not. */
        LoadContent dearToReadWhole(LoadContent content) {
            return new LoadContent() {
                @Override
                public long size() {
                    return content.size();
                }

                @Override
                public InputStream open() throws IOException {
                    now += SECOND;
                    return content.open();
                }

                @Override
                public InputStream open(long from) throws IOException {
                    return content.open(from);
                }
            };
        }

        private void take(LoadFormat format, LoadContent content) {
            taken.add(format);
            try (var begun = content.open(0)) {
                assertThat(begun.read()).isEqualTo(format == LoadFormat.AVRO ? 'O' : '{');
                now += SECOND * secondsOfTheFirst;
                for (long at = CHUNK; at < content.size(); at += CHUNK) {
                    now += SECOND * CHUNK / bytesPerSecond;
                    content.open(at).close();
                    content.open(at).close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final LoadUnit SOME = unit("{\"id\":1}\n".repeat(1000));

    @ParameterizedTest
    @CsvSource({
        "AUTO, 49000000, NDJSON AVRO AVRO",
        "AUTO, 51000000, NDJSON NDJSON NDJSON",
        "NDJSON, 1000, NDJSON NDJSON NDJSON",
        "AVRO, 51000000, AVRO AVRO AVRO"
    })
    void takesTheFasterWayUnlessOneIsWanted(WireFormat wanted, long bytesPerSecond, String ways) {
        var line = new Line(wanted, bytesPerSecond);
        for (int i = 0; i < 3; i++) {
            line.send(SOME);
        }
        assertThat(line.taken).extracting(LoadFormat::name).containsExactly(ways.split(" "));
    }

    @Test
    void goesBackToJsonIfItIsTheMachineThatIsSlow() {
        var line = new Line(WireFormat.AUTO, 49_000_000);
        LoadUnit dear = unit(line.dearToReadWhole(SOME.content()), SOME.longestRow());
        for (int i = 0; i < 4; i++) {
            line.send(dear);
        }
        assertThat(line.taken).extracting(LoadFormat::name).containsExactly("NDJSON", "AVRO", "NDJSON", "NDJSON");
    }

    @Test
    void doesNotTakeAWaitForASlowLine() {
        var line = new Line(WireFormat.AUTO, 51_000_000);
        line.secondsOfTheFirst = 60;
        line.send(SOME);
        line.send(SOME);
        assertThat(line.taken).containsOnly(LoadFormat.NDJSON);
    }

    @Test
    void saysNothingOfALineThatOneChunkWasSentOver() {
        var line = new Line(WireFormat.AUTO, 1000);
        LoadUnit small = unit("{\"id\":1}\n".repeat(2 * Line.CHUNK / 9));
        line.send(small);
        line.send(small);
        assertThat(line.taken).containsOnly(LoadFormat.NDJSON);
    }

    @Test
    void judgesTheLineAgainByWhatGoesAsJson() {
        var line = new Line(WireFormat.AUTO, 1000);
        LoadUnit large = unit(("{\"other\":\"%s\"}\n".formatted("x".repeat(2 << 20))));
        line.send(SOME);
        line.send(SOME);
        line.bytesPerSecond = 51_000_000;
        line.send(large);
        line.send(SOME);
        assertThat(line.taken)
                .containsExactly(LoadFormat.NDJSON, LoadFormat.AVRO, LoadFormat.NDJSON, LoadFormat.NDJSON);
    }

    @Test
    void leavesRowsThatFillABlockToJson() {
        var line = new Line(WireFormat.AVRO, 1);
        line.send(unit("{\"other\":\"%s\"}\n".formatted("x".repeat(2 << 20))));
        assertThat(line.taken).containsExactly(LoadFormat.NDJSON);
    }

    private static Order order(String table, Path file, String org, WireFormat wire) {
        return Order.of(table, file, org).with("wire", wire.name().toLowerCase(Locale.ROOT));
    }

    private static List<String> stored(String org, String table, String key) {
        return fixture.texts("SELECT TO_JSON_STRING(row) FROM `sluice-local.%s_test.%s` AS row ORDER BY %s"
                .formatted(org, table, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"every_type", "orders", "amounts", "places"})
    void meansTheSameEitherWay(String table) throws IOException {
        List<TableColumn> columns = fixture.columns(table);
        String key = columns.get(0).name();
        String one = fixture.newOrg();
        String other = fixture.newOrg();
        List<String> lines = new RandomRows(columns, SEED).lines(ROWS);
        Path file = fixture.file(one + ".ndjson", String.join("\n", lines));

        LaunchOutcome first = fixture.start(order(table, file, one, WireFormat.NDJSON));
        assertThat(fixture.counts(first)).containsExactly((long) ROWS, 0L, (long) ROWS, 0L, 0L, 0L);
        requireSent(first, LoadFormat.NDJSON);
        requireSent(
                fixture.start(order(table, file, other, WireFormat.AVRO).with("unitSize", "10000")), LoadFormat.AVRO);
        assertThat(stored(other, table, key)).isEqualTo(stored(one, table, key));

        LaunchOutcome again =
                fixture.start(order(table, file, one, WireFormat.AVRO).with("mode", "merge"));
        assertThat(fixture.counts(again)).containsExactly((long) ROWS, 0L, 0L, 0L, (long) ROWS, 0L);
        requireSent(again, LoadFormat.AVRO);
    }

    private static void requireSent(LaunchOutcome outcome, LoadFormat format) {
        BulkInsertFixture.completed(outcome);
        assertThat(fixture.otherWriter().sent(Objects.requireNonNull(outcome.runId())))
                .isNotEmpty()
                .containsOnly(format);
    }

    @Test
    void keepsLimitsAndPassesOverOtherColumns() throws IOException {
        String org = fixture.newOrg();
        fixture.createTable(org, "parcels");
        Path file = fixture.file(
                org + ".ndjson",
                "{\"parcel_id\":1,\"label\":\"abcd\",\"weight\":\"999.99\",\"worth\":1.125,\"seal\":\"YWJj\",\"x\":{\"y\":[1]},"
                        + "\"sender\":{\"name\":\"Ada\",\"box\":{\"code\":\"a\",\"z\":1}},\"items\":[{\"sku\":\"a\",\"price\":1}]}\n");
        LaunchOutcome outcome =
                fixture.start(order("parcels", file, org, WireFormat.AVRO).with("schemaPolicy", "ignore"));
        assertThat(fixture.counts(outcome)).containsExactly(1L, 0L, 1L, 0L, 0L, 0L);
        requireSent(outcome, LoadFormat.AVRO);
        assertThat(stored(org, "parcels", "parcel_id"))
                .singleElement()
                .asString()
                .contains("\"label\":\"abcd\"", "\"weight\":\"999.99\"", "\"worth\":\"1.125\"", "\"code\":\"a\"");
    }

    @Test
    void isNobodysChoiceForWhatBigQueryReads() throws IOException {
        fixture.object("wire/a.ndjson", "{\"amount_id\":1}".getBytes(StandardCharsets.UTF_8));
        LaunchOutcome outcome = fixture.start(
                Order.of("amounts", "gs://wire/*.ndjson", fixture.newOrg()).with("wire", "avro"));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(outcome.messages()).singleElement().asString().contains("wire says how rows leave this machine");
    }
}
