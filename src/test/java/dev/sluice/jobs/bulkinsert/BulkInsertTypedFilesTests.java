package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Avro and Parquet, sent from here or read from Cloud Storage, through the whole job. */
@ExtendWith(SharedFixture.class)
class BulkInsertTypedFilesTests {

    private static final String TABLE = "every_type";
    private static final String OFFERS = "offers";
    private static final String OFFER = """
            {"name": "org_slug", "type": "string"}, {"name": "offer_id", "type": ["null", "string"]},
            {"name": "provider", "type": "string"}, {"name": "is_custom", "type": "boolean"},
            {"name": "price", "type": "long"}, {"name": "details", "type": "string"}
            """;

    @TempDir
    static Path folder;

    private static BulkInsertFixture fixture;

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    /** A file to be written, and the source that it is then. */
    private record Place(Path file, String source) {

        static Place of(String where, String name) throws IOException {
            if (where.equals("gs")) {
                return new Place(fixture.object(name), "gs://" + name);
            }
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return new Place(file, file.toString());
        }
    }

    private static LaunchOutcome completed(Order order) {
        return BulkInsertFixture.completed(fixture.start(order.with("maxRejects", 9)));
    }

    private static LaunchOutcome failed(Order order, String... words) {
        LaunchOutcome outcome = fixture.start(order.with("maxRejects", 9));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.messages()).singleElement().asString().contains(words);
        return outcome;
    }

    private static String avroOffer(String org, String id, int price, String details) {
        String key = id.isEmpty() ? "null" : "{\"string\":\"%s\"}".formatted(id);
        return "{\"org_slug\":\"%s\",\"offer_id\":%s,\"provider\":\"acme\",\"is_custom\":false,\"price\":%d,\"details\":\"%s\"}"
                .formatted(org, key, price, details);
    }

    private static String parquetOffer(String org, String id, int price, String details) {
        return "SELECT '%s' AS org_slug, nullif('%s', '') AS offer_id, 'acme' AS provider, false AS is_custom, %d::DECIMAL(12,2) AS price, '%s' AS details"
                .formatted(org, id, price, details);
    }

    private record Row(String org, String id, int price, String details) {}

    private static String write(String where, String format, String name, Row... rows)
            throws IOException, SQLException {
        Place place = Place.of(where, "typed/" + name + "." + format);
        if (format.equals("avro")) {
            TypedFiles.avro(
                    place.file(),
                    OFFER,
                    Arrays.stream(rows)
                            .map(row -> avroOffer(row.org(), row.id(), row.price(), row.details()))
                            .toArray(String[]::new));
        } else {
            List<String> selects = Arrays.stream(rows)
                    .map(row -> parquetOffer(row.org(), row.id(), row.price(), row.details()))
                    .toList();
            TypedFiles.parquet(place.file(), String.join(" UNION ALL ", selects));
        }
        return place.source();
    }

    @ParameterizedTest
    @CsvSource({"here,avro", "here,parquet", "gs,avro", "gs,parquet"})
    void loadsAndMergesAndReplaces(String where, String format) throws IOException, SQLException {
        String org = "typed_%s_%s".formatted(where, format);
        String first = write(
                where,
                format,
                org + "1",
                new Row(org, "a", 1, "{}"),
                new Row("other", "b", 2, "{}"),
                new Row(org, "x", 3, "{"));
        LaunchOutcome appended = completed(Order.of(OFFERS, first, org));
        assertThat(fixture.counts(appended)).containsExactly(3L, 2L, 1L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters(appended))
                .extracting(letter -> letter.substring(3))
                .containsExactlyInAnyOrder(
                        "column org_slug: belongs to another organization", "column details: not a valid JSON");

        String second = write(
                where,
                format,
                org + "2",
                new Row(org, "a", 1, "{}"),
                new Row(org, "b", 2, "{\\\"k\\\":1}".replace("\\", format.equals("avro") ? "\\" : "")),
                new Row(org, "c", 3, "{}"),
                new Row(org, "c", 3, "{}"),
                new Row(org, "", 4, "{}"));
        LaunchOutcome merged = completed(Order.of(OFFERS, second, org).with("mode", "merge"));
        assertThat(fixture.counts(merged)).containsExactly(5L, 3L, 1L, 0L, 1L, 0L);

        String third = write(where, format, org + "3", new Row(org, "b", 5, "{}"));
        LaunchOutcome replaced = completed(
                Order.of(OFFERS, third, org).with("mode", "replace-scope").with("scope", "provider:acme"));
        assertThat(fixture.counts(replaced)).containsExactly(1L, 0L, 0L, 1L, 0L, 1L);
        assertThat(fixture.rows("organizations", OFFERS))
                .filteredOn(row -> row.get(0).equals(org))
                .containsExactly(Arrays.asList(org, "b", "acme", "false", "5", null, "{}"));
    }

    @ParameterizedTest
    @CsvSource({"here", "gs"})
    void readsEveryTypeOfParquet(String where) throws IOException, SQLException {
        Place place = Place.of(where, "types/all_%s.parquet".formatted(where));
        TypedFiles.parquet(place.file(), """
                SELECT 1::BIGINT AS id, 'ä' AS a_string, 'NaN'::DOUBLE AS a_float, 12345678.25::DECIMAL(20,9) AS a_numeric,
                  true AS a_bool, '2026-11-24 08:00:00+00'::TIMESTAMPTZ AS a_timestamp, '2026-11-24'::DATE AS a_date,
                  '2026-11-24 08:00:00'::TIMESTAMP AS a_datetime, '{"a":1}' AS a_json""");
        completed(Order.of(TABLE, place.source(), "types_" + where));
        assertThat(fixture.tenantRows("types_" + where, TABLE))
                .containsExactly(List.of(
                        "1",
                        "ä",
                        "NaN",
                        "12345678.25",
                        "true",
                        "1795507200.000000",
                        "2026-11-24",
                        "2026-11-24T08:00:00",
                        "{\"a\":1}"));
    }

    private static final String ID = "{\"name\": \"id\", \"type\": \"long\"}";

    @Test
    void loadsAFolderFileByFileAndKnowsItAgain() throws IOException {
        Place one = Place.of("here", "folder/1.avro");
        Place two = Place.of("here", "folder/2.avro");
        TypedFiles.avro(one.file(), ID, "{\"id\":1}", "{\"id\":2}");
        TypedFiles.avro(
                two.file(),
                ID + ",{\"name\": \"a_string\", \"type\": [\"null\", \"string\"]}",
                "{\"id\":3,\"a_string\":{\"string\":\"x\"}}");
        Order order = Order.of(TABLE, folder.resolve("folder"), "folder");
        LaunchOutcome done = completed(order);
        assertThat(fixture.counts(done)).containsExactly(3L, 0L, 3L, 0L, 0L, 0L);
        assertThat(fixture.tenantRows("folder", TABLE))
                .extracting(row -> Arrays.asList(row.get(0), row.get(1)))
                .containsExactlyInAnyOrder(Arrays.asList("1", null), Arrays.asList("2", null), Arrays.asList("3", "x"));

        Files.copy(one.file(), Place.of("here", "copy/a.avro").file());
        Files.copy(two.file(), Place.of("here", "copy/b.avro").file());
        LaunchOutcome again = fixture.start(Order.of(TABLE, folder.resolve("copy/*.avro"), "folder"));
        assertThat(again.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(again.runId()).isNull();
    }

    @Test
    void refusesToGoOnWithAnotherFile() throws IOException {
        Place place = Place.of("here", "changed/a.avro");
        TypedFiles.avro(place.file(), ID, "{\"id\":1}");
        LaunchOutcome outcome = fixture.start(
                Order.of(TABLE, place.file(), "changed"),
                (run, job, parameters, resumed) -> fixture.recordAnotherSource(run, null));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(fixture.tenantRows("changed", TABLE)).isEmpty();
        assertThat(fixture.start(Order.of(TABLE, place.file(), "changed")).exitCode())
                .isEqualTo(ExitCode.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"load", "loaded"})
    void neverPublishesAFileThatTookTheOthersPlaceForAWhile(String when) throws IOException {
        String org = "replaced_" + when;
        Path right = TypedFiles.avro(Place.of("here", org + "/right").file(), ID, "{\"id\":1}");
        Path wrong = TypedFiles.avro(Place.of("here", org + "/wrong").file(), ID, "{\"id\":2}");
        assertThat(wrong).hasSize(Files.size(right));
        Path source = Files.copy(right, folder.resolve(org + "/a.avro"));
        fixture.otherWriter().before(when, () -> replace(source, wrong));
        LaunchOutcome outcome = fixture.start(Order.of(TABLE, source, org));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(outcome.messages()).singleElement().asString().contains("changed while it was loaded");
        replace(source, right);
        completed(Order.of(TABLE, source, org));
        assertThat(fixture.tenantRows(org, TABLE)).extracting(row -> row.get(0)).containsExactly("1");
    }

    private static void replace(Path file, Path by) {
        try {
            Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"here", "gs"})
    void saysWhatIsWrongWithAFile(String where) throws IOException, SQLException {
        String org = "wrong_" + where;
        Place whole = Place.of(where, org + "/whole.avro");
        TypedFiles.avro(whole.file(), ID, "{\"id\":1}", "{\"id\":2}");
        byte[] bytes = Files.readAllBytes(whole.file());
        Place half = Place.of(where, org + "/half.avro");
        Files.write(half.file(), Arrays.copyOf(bytes, bytes.length - 10));
        Place text = Place.of(where, org + "/text.parquet");
        Files.writeString(text.file(), "id\n1\n");
        Place types = Place.of(where, org + "/types.parquet");
        TypedFiles.parquet(types.file(), "SELECT 1.5::DOUBLE AS id, 1 AS more, [1] AS a_string");
        failed(Order.of(TABLE, half.source(), org), "cannot read", half.source(), "cut off", "Nothing was published");
        failed(Order.of(TABLE, text.source(), org), "cannot read", text.source(), "not Parquet");
        failed(
                Order.of(TABLE, types.source(), org),
                "column 'id' is FLOAT64 there and INT64 in the table",
                "column 'a_string' is REPEATED INT64 there and STRING in the table",
                "column 'more' is not in the table");
        assertThat(fixture.tenantRows(org, TABLE)).isEmpty();
    }

    @Test
    void treatsNewColumnsByThePolicy() throws IOException, SQLException {
        Place place = Place.of("gs", "policy/a.parquet");
        TypedFiles.parquet(
                place.file(), "SELECT 1 AS id, [1, 2] AS marks, {'a': 'x', 'b': 2.5::DECIMAL(5,2)} AS nested");
        failed(Order.of(TABLE, place.source(), "policy"), "column 'marks' is not in the table");
        completed(Order.of(TABLE, place.source(), "policy").with("schemaPolicy", "ignore"));
        assertThat(fixture.tenantRows("policy", TABLE)).extracting(List::size).containsExactly(9);
        completed(Order.of(TABLE, place.source(), "policy")
                .with("schemaPolicy", "add-nullable")
                .with("batch", "more"));
        assertThat(fixture.tenantRows("policy", TABLE))
                .extracting(row -> String.valueOf(row.subList(9, 11)))
                .filteredOn(more -> more.contains("2.5"))
                .hasSize(1);
    }
}
