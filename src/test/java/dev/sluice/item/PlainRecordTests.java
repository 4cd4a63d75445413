package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.bigquery.catalogue.TypeLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for right at a glance is right, and is written as parser and generator write it. */
class PlainRecordTests {

    private static final int ROWS = 5_000;

    private static final RowColumns COLUMNS = RowColumns.of(
            List.of(
                    column("id", ColumnType.INT64, ColumnMode.REQUIRED, TypeLimits.NONE),
                    column("org", ColumnType.STRING, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("name", ColumnType.STRING, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("code", ColumnType.STRING, ColumnMode.NULLABLE, new TypeLimits(3L, null, null)),
                    column("share", ColumnType.FLOAT64, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("price", ColumnType.NUMERIC, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("big", ColumnType.BIGNUMERIC, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("few", ColumnType.NUMERIC, ColumnMode.NULLABLE, new TypeLimits(null, 4L, 2L)),
                    column("open", ColumnType.BOOL, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("day", ColumnType.DATE, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("opens", ColumnType.TIME, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("at", ColumnType.TIMESTAMP, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("more", ColumnType.JSON, ColumnMode.NULLABLE, TypeLimits.NONE),
                    column("seal", ColumnType.BYTES, ColumnMode.NULLABLE, TypeLimits.NONE)),
            "org",
            "acme");

    private static TableColumn column(String name, ColumnType type, ColumnMode mode, TypeLimits limits) {
        return new TableColumn(name, type, mode, List.of(), limits, null);
    }

    private static CsvHeader header(boolean tenantMissing) {
        return new CsvHeader(IntStream.range(0, COLUMNS.columns().size()).toArray(), tenantMissing);
    }

    /** What both ways make of one record. */
    private record Both(PlainRecord plain, CsvRows rows) {

        static Both of(CsvHeader header, CsvDialect dialect) {
            return new Both(new PlainRecord(header, dialect, COLUMNS), new CsvRows(header, dialect, COLUMNS));
        }

        /** The record as JSON, or null if it takes a parser to tell. */
        @Nullable
        String glance(byte[] record) {
            if (!Utf8.isWellFormed(record, 0, record.length) || !plain.isRight(record, 0, record.length)) {
                return null;
            }
            return new String(plain.line().bytes(), 0, plain.line().size(), StandardCharsets.UTF_8) + "\n";
        }

        /** The record as JSON, or why it is wrong. */
        String parsed(byte[] record) throws IOException {
            var content = new UnitContent(new ContentBlocks());
            String reason = rows.parse(record, 0, record.length, content);
            return reason == null
                    ? new String(content.lines().open().readAllBytes(), StandardCharsets.UTF_8)
                    : "wrong: " + reason;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,acme,,,,,,,,,,,,",
                "-12,acme,ä😀,äb,1.5,12.000000001,-0.5,,true,2024-02-29,08:00:00.5,2026-11-24T08:00:00.5+14:00,7,",
                "1,acme,a\\b\tc,,,,,,false,,,,,",
                "1,\"acme\",\"a \"\"b\"\", \r\n c\",\"\",,,,,,,,,\"{\"\"a\"\":[1,2.5,null,true,{}],\"\"b\"\":\"\"x\"\"}\",",
                "1,acme,,,,,,,,,,,null,"
            })
    void isKnown(String record) throws IOException {
        var both = Both.of(header(false), CsvDialect.RFC_4180);
        assertThat(both.glance(utf8(record))).isNotNull().isEqualTo(both.parsed(utf8(record)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",acme,,,,,,,,,,,,",
                "1,,,,,,,,,,,,,",
                "1,acm,,,,,,,,,,,,",
                "1,acme",
                "1,acme,,,,,,,,,,,,,",
                "1,acme,\"a\"b,,,,,,,,,,,",
                "1,acme,\"a,,,,,,,,,,,",
                "1,acme,a\rb,,,,,,,,,,,",
                "1,acme,\0,,,,,,,,,,,",
                "1,acme,,abcd,,,,,,,,,,",
                " 1,acme,,,,,,,,,,,,",
                "9223372036854775808,acme,,,,,,,,,,,,",
                "1,acme,,,,0.0000000001,,,,,,,,",
                "1,acme,,,,,,100.00,,,,,,",
                "1,acme,,,,,,,yes,,,,,",
                "1,acme,,,,,,,,2023-02-29,,,,",
                "1,acme,,,,,,,,,,,{,",
                "1,acme,,,,,,,,,,,\"{\"\"a\"\":1,\"\"a\"\":2}\",",
                "1,acme,,,,,,,,,,,,YQ"
            })
    void isLeftToTheParserWhichRefusesIt(String record) throws IOException {
        var both = Both.of(header(false), CsvDialect.RFC_4180);
        assertThat(both.glance(utf8(record))).isNull();
        assertThat(both.parsed(utf8(record))).startsWith("wrong: ");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\\', '\t', '\u0001', '\b'})
    void isLeftToTheParserIfJsonEscapesTheQuote(char quote) throws IOException {
        var both = Both.of(header(false), new CsvDialect(',', quote, true, ""));
        byte[] record = utf8("1,acme,%1$sa%1$s%1$sb%1$s,,,,,,,,,,,".formatted(quote));
        assertThat(both.glance(record)).isNull();
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(both.parsed(record))
                        .get("name")
                        .asText())
                .isEqualTo("a" + quote + "b");
    }

    @Test
    void getsTheTenantThatTheHeaderLacks() throws IOException {
        for (int[] positions : new int[][] {{0, -1}, {2, -1}}) {
            var both = Both.of(new CsvHeader(positions, true), CsvDialect.RFC_4180);
            for (String record : List.of("5,\"not, loaded\"", ",")) {
                String parsed = both.parsed(utf8(record));
                String glance = both.glance(utf8(record));
                assertThat(glance).isEqualTo(parsed.startsWith("wrong") ? null : parsed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
                    `,`, `"`, ``
                    `;`, `'`, `NULL`
                    `\t`, `"`, `\\N`
                    `|`, `none`, ``
                    """)
    void isRightAndTheSameWhereverItIsTakenForRight(String delimiter, String quote, String nullMarker)
            throws IOException {
        char quoteCharacter = quote.equals("none") ? CsvDialect.NO_QUOTE : quote.charAt(0);
        char between = delimiter.equals("\\t") ? '\t' : delimiter.charAt(0);
        var both = Both.of(header(false), new CsvDialect(between, quoteCharacter, true, nullMarker));
        long seed = 20_261_126;
        var random = new Random(seed);
        int known = 0;
        for (int i = 0; i < ROWS; i++) {
            byte[] record = changed(record(random, between, quoteCharacter, nullMarker), random);
            String glance = both.glance(record);
            if (glance != null) {
                known++;
                assertThat(glance)
                        .as("seed %d, row %d: %s", seed, i, new String(record, StandardCharsets.UTF_8))
                        .isEqualTo(both.parsed(record));
            }
        }
        assertThat(known).isGreaterThan(ROWS / 10);
    }

    /** Values that fit more often than not. */
    private static String record(Random random, char delimiter, char quote, String nullMarker) {
        List<String> values = new ArrayList<>(List.of(number(random, 20), "acme"));
        String[] others = {
            text(random, delimiter, quote),
            text(random, delimiter, quote),
            number(random, 20) + "." + number(random, 18),
            number(random, 12) + ".5",
            number(random, 30),
            number(random, 3) + ".25",
            random.nextInt(5) == 0 ? "TRUE" : "" + random.nextBoolean(),
            "%04d-%02d-%02d".formatted(random.nextInt(3000), 1 + random.nextInt(12), 1 + random.nextInt(31)),
            "%02d:00:00".formatted(random.nextInt(26)),
            "2026-01-%02dT%02d:00:00%s".formatted(1 + random.nextInt(31), random.nextInt(25), zone(random)),
            json(random),
            "YWJj"
        };
        for (String other : others) {
            values.add(random.nextInt(4) == 0 ? other : nullMarker);
        }
        return values.stream()
                .map(value -> quoted(value, random, delimiter, quote))
                .collect(Collectors.joining(String.valueOf(delimiter)));
    }

    private static String quoted(String value, Random random, char delimiter, char quote) {
        boolean needed = value.indexOf(quote) >= 0 || value.indexOf(delimiter) >= 0 || value.indexOf('\n') >= 0;
        if (quote == CsvDialect.NO_QUOTE || !needed && random.nextInt(4) > 0) {
            return value;
        }
        String one = String.valueOf(quote);
        return one + value.replace(one, one + one) + one;
    }

    private static String number(Random random, int digits) {
        String number = String.valueOf(Math.abs(random.nextLong())).repeat(6);
        return number.substring(0, 1 + random.nextInt(digits));
    }

    private static String text(Random random, char delimiter, char quote) {
        String[] texts = {
            "a",
            "äöü",
            "abcd",
            "a\"b",
            "it's",
            "😀",
            "\\",
            "a\tb",
            "a\u007fb",
            "a" + delimiter + "b",
            " ",
            "\u2028",
            "x\r\ny",
            "" + quote + quote,
            "/"
        };
        return texts[random.nextInt(texts.length)];
    }

    private static String zone(Random random) {
        String[] zones = {"", "Z", " UTC", "+14:00", "-3", "+05:45", ".123456Z", ".1234567"};
        return zones[random.nextInt(zones.length)];
    }

    private static String json(Random random) {
        String[] texts = {
            "null",
            "5",
            "1.25",
            "\"ä \\n \\\\\"",
            "\"\\u00e4\"",
            "[1, 2]",
            "{\"a\":{\"b\":[true]}}",
            "{\"a\":1,\"a\":2}",
            " {}",
            "{} ",
            "{\n}",
            "12345678901234567890.5"
        };
        return texts[random.nextInt(texts.length)];
    }

    /** One byte of every other record becomes another that CSV or JSON care about. */
    private static byte[] changed(String record, Random random) {
        byte[] bytes = utf8(record);
        if (random.nextBoolean()) {
            byte[] others = utf8("\"\"',;|\t\\{}[]:0-+. \r\u0001\u0000");
            bytes[random.nextInt(bytes.length)] = others[random.nextInt(others.length)];
        }
        return bytes;
    }
}
