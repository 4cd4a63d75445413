package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.bigquery.catalogue.TypeLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for right at a glance is right: the parser is the judge. */
class PlainRowTests {

    private static final int ROWS = 60_000;
    private static final int LINE_END = 1;

    private static final RowColumns COLUMNS = RowColumns.of(
            List.of(
                    column("id", ColumnType.INT64, ColumnMode.REQUIRED, TypeLimits.NONE),
                    column("org", ColumnType.STRING, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("name", ColumnType.STRING, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("code", ColumnType.STRING, ColumnMode.NULLABLE, new TypeLimits(3L, null, null)),
                    column("share", ColumnType.FLOAT64, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("price", ColumnType.NUMERIC, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("big", ColumnType.BIGNUMERIC, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("open", ColumnType.BOOL, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("day", ColumnType.DATE, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("at", ColumnType.TIMESTAMP, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("more", ColumnType.JSON, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("list", ColumnType.INT64, ColumnMode.REPEATED, TypeLimits.NONE)),
            "org",
            "acme");

    private final PlainRow plain = new PlainRow(COLUMNS);
    private final NdjsonRows rows = new NdjsonRows(COLUMNS);

    private static TableColumn column(String name, ColumnType type, ColumnMode mode, TypeLimits limits) {
        return new TableColumn(name, type, mode, List.of(), limits, null);
    }

    private boolean isPlain(String row) {
        byte[] bytes = (row + "\n").getBytes(StandardCharsets.UTF_8);
        return plain.isRight(bytes, 0, bytes.length - LINE_END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"org\":\"acme\"}",
                "{ \"org\" : \"acme\", \"id\" : -12 , \"name\": null}",
                "{\"id\":0,\"org\":\"acme\",\"name\":\"ä😀 \\\"quoted\\\" \\\\ \\n\",\"code\":\"äb\"}",
                "{\"id\":0,\"org\":\"acme\",\"share\":1.5,\"price\":12.000000001,\"big\":-0.5,\"open\":false}",
                "{\"id\":0,\"org\":\"acme\",\"day\":\"2024-02-29\",\"at\":\"2026-11-24T08:00:00.5+14:00\"}",
                "{\"id\":0,\"org\":\"acme\",\"more\":{\"a\":[1,2.5,null,true,{}],\"b\":{\"a\":\"x\"},\"c\":[]}}",
                "{\"id\":0,\"org\":\"acme\",\"more\":12345.6789}"
            })
    void isKnown(String row) {
        assertThat(isPlain(row)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1}",
                "{\"id\":1,\"org\":\"acm\"}",
                "{\"id\":1,\"org\":\"acme\",\"id\":1}",
                "{\"id\":1,\"org\":\"acme\"} {}",
                "{\"id\":1,\"org\":\"acme\"",
                "{\"id\":1,\"org\":\"acme\",}",
                "{\"id\":01,\"org\":\"acme\"}",
                "{\"id\":1.0,\"org\":\"acme\"}",
                "{\"id\":9223372036854775808,\"org\":\"acme\"}",
                "{\"id\":null,\"org\":\"acme\"}",
                "{\"id\":1,\"org\":null}",
                "{\"id\":1,\"org\":\"acme\",\"name\":\"\\u0000\"}",
                "{\"id\":1,\"org\":\"acme\",\"name\":\"\t\"}",
                "{\"id\":1,\"org\":\"acme\",\"name\":\"\\x\"}",
                "{\"id\":1,\"org\":\"acme\",\"code\":\"abcd\"}",
                "{\"id\":1,\"org\":\"acme\",\"price\":0.0000000001}",
                "{\"id\":1,\"org\":\"acme\",\"day\":\"2023-02-29\"}",
                "{\"id\":1,\"org\":\"acme\",\"more\":{\"a\":1,\"a\":2}}",
                "{\"id\":1,\"org\":\"acme\",\"more\":0.1234567890123456789}",
                "{\"id\":1,\"org\":\"acme\",\"more\":[1,]}",
                "{\"id\":1,\"org\":\"acme\",\"other\":1}",
                "{}",
                "1"
            })
    void isLeftToTheParserWhichRefusesIt(String row) {
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        assertThat(isPlain(row)).isFalse();
        assertThat(rows.parse(bytes, 0, bytes.length)).isNotNull();
    }

    @Test
    void isRightWhereverItIsTakenForRight() {
        long seed = 20_261_126;
        var random = new Random(seed);
        int known = 0;
        for (int i = 0; i < ROWS; i++) {
            byte[] row = changed(row(random), random);
            if (!Utf8.isWellFormed(row, 0, row.length) || !plain.isRight(row, 0, row.length)) {
                continue;
            }
            known++;
            assertThat(rows.parse(row, 0, row.length))
                    .as("seed %d, row %d: %s", seed, i, new String(row, StandardCharsets.UTF_8))
                    .isNull();
        }
        assertThat(known).isGreaterThan(ROWS / 10);
    }

    /** Members in any order, values that fit more often than not. */
    private static String row(Random random) {
        List<String> members = new ArrayList<>(List.of("\"id\":" + number(random, 20), "\"org\":\"acme\""));
        String[] others = {
            "\"name\":" + text(random),
            "\"code\":" + text(random),
            "\"share\":" + number(random, 20) + "." + number(random, 18),
            "\"price\":" + number(random, 12) + ".5",
            "\"big\":" + number(random, 30),
            "\"open\":" + random.nextBoolean(),
            "\"day\":\"%04d-%02d-%02d\"".formatted(random.nextInt(3000), random.nextInt(14), random.nextInt(33)),
            "\"at\":\"2026-01-%02dT%02d:00:00%s\"".formatted(random.nextInt(33), random.nextInt(26), zone(random)),
            "\"more\":" + json(random, 0)
        };
        for (String other : others) {
            if (random.nextInt(3) == 0) {
                members.add(other);
            }
        }
        Collections.shuffle(members, random);
        return "{" + String.join(random.nextBoolean() ? "," : ", ", members) + "}";
    }

    private static String number(Random random, int digits) {
        String number = String.valueOf(Math.abs(random.nextLong())).repeat(6);
        return number.substring(0, 1 + random.nextInt(digits));
    }

    private static String text(Random random) {
        String[] texts = {"\"\"", "\"a\"", "\"äöü\"", "\"abcd\"", "\"a\\n\"", "\"\\u00e4\"", "null", "7"};
        return texts[random.nextInt(texts.length)];
    }

    private static String zone(Random random) {
        String[] zones = {"", "Z", " UTC", "+14:00", "+14:30", "-3", "-03", "+05:45", ".123456Z", ".1234567"};
        return zones[random.nextInt(zones.length)];
    }

    private static String json(Random random, int depth) {
        int kind = random.nextInt(depth > 2 ? 3 : 5);
        return switch (kind) {
            case 0 -> number(random, 25);
            case 1 -> number(random, 10) + "." + number(random, 10);
            case 2 -> text(random);
            case 3 -> "[" + json(random, depth + 1) + "," + json(random, depth + 1) + "]";
            default ->
                "{\"a\":" + json(random, depth + 1) + ",\"" + (random.nextInt(4) == 0 ? "a" : "b") + "\":"
                        + json(random, depth + 1) + "}";
        };
    }

    /** One byte of every other row becomes another that JSON cares about. */
    private static byte[] changed(String row, Random random) {
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean()) {
            byte[] others = "\"\\{}[],:0-+.eE tn\u0001".getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = others[random.nextInt(others.length)];
        }
        return bytes;
    }
}
