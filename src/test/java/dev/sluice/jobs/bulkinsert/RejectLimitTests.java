package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many rows may be set aside, whoever reads the format: one less than there are is too few, as many are enough. */
@ExtendWith(SharedFixture.class)
class RejectLimitTests {

    private static final String TABLE = "every_type";
    private static final String JSON = "{\"id\":1}\n{\"id\":2,\"a_bool\":\"no\"}\n{\"id\":3,\"a_bool\":\"yes\"}\n";

    @TempDir
    static Path folder;

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    /** Three rows, two of which are bad. */
    private String source(String format, boolean object) throws IOException, SQLException {
        String name = "limit/%s.%s".formatted(org, format);
        Path file = object ? fixture.object(name) : folder.resolve(name);
        Files.createDirectories(file.getParent());
        switch (format) {
            case "ndjson" -> Files.writeString(file, JSON);
            case "csv" -> Files.writeString(file, "id,a_bool\n1,\n2,no\n3,yes\n");
            case "avro" ->
                TypedFiles.avro(
                        file,
                        "{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"a_bool\",\"type\":[\"null\",\"string\"]}",
                        "{\"id\":1,\"a_bool\":null}",
                        "{\"id\":2,\"a_bool\":{\"string\":\"no\"}}",
                        "{\"id\":3,\"a_bool\":{\"string\":\"yes\"}}");
            default ->
                TypedFiles.parquet(
                        file, "SELECT * FROM (VALUES (1::BIGINT, NULL), (2, 'no'), (3, 'yes')) AS t(id, a_bool)");
        }
        return object ? "gs://" + name : file.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "ndjson, false",
        "csv, false",
        "avro, false",
        "parquet, false",
        "ndjson, true",
        "csv, true",
        "avro, true",
        "parquet, true"
    })
    void isKeptExactly(String format, boolean object) throws IOException, SQLException {
        Order order = Order.of(TABLE, source(format, object), org);
        for (int tooFew = 0; tooFew < 2; tooFew++) {
            LaunchOutcome failed = fixture.start(order.with("maxRejects", tooFew));
            assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(failed.messages())
                    .singleElement()
                    .asString()
                    .contains("2 rows rejected so far, maxRejects is " + tooFew, "Nothing was published");
            assertThat(fixture.tenantRows(org, TABLE)).isEmpty();
        }
        assertThat(fixture.counts(fixture.start(order.with("maxRejects", 2)))).containsExactly(3L, 2L, 1L, 0L, 0L, 0L);
        assertThat(fixture.tenantRows(org, TABLE)).hasSize(1);
    }
}
