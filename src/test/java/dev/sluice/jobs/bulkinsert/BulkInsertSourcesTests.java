package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Folders, globs and compressed files through the whole job, and what bad ones get. */
@ExtendWith(SharedFixture.class)
class BulkInsertSourcesTests {

    private static final String TABLE = "every_type";

    @TempDir
    static Path folder;

    private static BulkInsertFixture fixture;

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private static Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Object> ids(String org) {
        return fixture.tenantRows(org, TABLE).stream().map(row -> row.get(0)).toList();
    }

    @Test
    void loadsAFolderOnceWhateverItsFilesAreCalled() throws IOException {
        write("many/b.csv.gz", gzip(utf8("a_string,id\nb,3\nx,y\n")));
        write("many/a.csv", utf8("id,a_string\n1,a\nz,z\n2,b"));
        Order order = Order.of(TABLE, folder.resolve("many"), "folders").with("maxRejects", 2);
        LaunchOutcome outcome = fixture.start(order);
        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(ids("folders")).containsExactly("1", "2", "3");
        assertThat(fixture.deadLetters(outcome))
                .containsExactly("3: column id: not a valid INT64", "3: column id: not a valid INT64");

        write("others/1.csv", utf8("id,a_string\n1,a\nz,z\n2,b"));
        write("others/2.csv", utf8("a_string,id\nb,3\nx,y\n"));
        LaunchOutcome again = fixture.start(Order.of(TABLE, folder.resolve("others/*.csv"), "folders"));
        assertThat(again.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);

        write("many/c.csv", utf8("id\n4\n"));
        assertThat(fixture.start(order).messages()).first().asString().contains("it has changed since");
        assertThat(ids("folders")).containsExactly("1", "2", "3");
    }

    @Test
    void readsCsvAsOtherProgramsWriteIt() throws IOException {
        String rows = "1;'Zürich';-;1.5;true;-;2026-11-24;-;-\n2;'it''s; so';;-;-;-;-;-;-\n3;;-;-;-;-;-;-;-\n4;-\n";
        Path file = write("export.txt", rows.getBytes(StandardCharsets.ISO_8859_1));
        LaunchOutcome outcome = fixture.start(Order.of(TABLE, file, "exports")
                .with("format", "csv")
                .with("encoding", "iso-8859-1")
                .with("delimiter", "semicolon")
                .with("quote", "single")
                .with("header", "false")
                .with("nullMarker", "-")
                .with("maxRejects", 2));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(fixture.deadLetters(outcome))
                .containsExactly("2: column a_float: not a valid FLOAT64", "4: 2 fields where the table has 9");
        assertThat(fixture.tenantRows("exports", TABLE))
                .extracting(row -> row.subList(0, 4))
                .containsExactly(Arrays.asList("1", "Zürich", null, "1.5"), Arrays.asList("3", "", null, null));
    }

    @Test
    void refusesBrokenFilesBeforeAnythingHappens() throws IOException {
        byte[] whole = gzip(utf8("{\"id\":1}\n".repeat(1000)));
        write("broken/a.ndjson.gz", Arrays.copyOf(whole, whole.length / 2));
        write("broken/b.ndjson.gz", gzip(new byte[32 << 20]));
        write("broken/c.csv", utf8("id\n1\n"));
        for (String source : List.of("a.ndjson.gz", "b.ndjson.gz", "*")) {
            LaunchOutcome outcome =
                    fixture.start(Order.of(TABLE, folder.resolve("broken").resolve(source), "broken"));
            assertThat(outcome.exitCode()).as(source).isEqualTo(ExitCode.INVALID);
            assertThat(outcome.runId()).isNull();
            assertThat(outcome.messages()).singleElement().asString().containsAnyOf("cut off", "200 times", "formats");
        }
        assertThat(ids("broken")).isEmpty();
    }

    /** Two whole rows around one that is too long. */
    private static String around(String start, String end) {
        return "{\"id\":1}\n" + start + "x".repeat(BulkInsertFixture.MOST_ROW_BYTES) + end + "\n{\"id\":3}\n";
    }

    @Test
    void setsRowsAsideThatAreTooLong() throws IOException {
        byte[] content = utf8(around("{\"id\":2,\"a_string\":\"", "\"}"));
        write("long/a.ndjson", content);
        write("long/b.ndjson.gz", gzip(content));
        fixture.object("long/a.ndjson", content);
        String reason = "longer than %d bytes".formatted(BulkInsertFixture.MOST_ROW_BYTES);
        for (String source : List.of(
                folder.resolve("long/a.ndjson").toString(),
                folder.resolve("long/b.ndjson.gz").toString(),
                "gs://long/a.ndjson")) {
            LaunchOutcome outcome = fixture.start(
                    Order.of(TABLE, source, "long").with("maxRejects", 1).with("batch", source.length()));
            assertThat(fixture.counts(outcome)).as(source).containsExactly(3L, 1L, 2L, 0L, 0L, 0L);
            assertThat(fixture.deadLetters(outcome)).singleElement().asString().contains(reason);
        }
        assertThat(ids("long")).containsExactlyInAnyOrder("1", "3", "1", "3", "1", "3");
    }

    @Test
    void saysWhatParametersMayBe() throws IOException {
        Path file = write("fine.csv", utf8("id\n1\n"));
        Order order = Order.of(TABLE, file, "typed");
        assertThat(fixture.start(order.with("delimiter", "smicolon").with("quote", ";;"))
                        .messages())
                .hasSize(2)
                .anySatisfy(message -> assertThat(message).contains("did you mean 'semicolon'?"));
        assertThat(fixture.start(order.with("encoding", "utf8")).messages())
                .singleElement()
                .asString()
                .contains("utf-8, iso-8859-1", "did you mean 'utf-8'?");
        assertThat(fixture.start(order.with("delimiter", "single")
                                .with("quote", ",")
                                .with("delimiter", ","))
                        .messages())
                .singleElement()
                .asString()
                .contains("must be different");
    }
}
