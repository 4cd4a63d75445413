package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.QueryParameterValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What statements do to tables, seen through Google's own client. */
class StatementTests {

    @TempDir
    Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anUpdateReplacesRowsByNewVersions() throws Exception {
        server.load(server.people(), FormatOptions.json(), "{\"id\":1,\"name\":\"Ada\"}\n{\"id\":2,\"name\":\"Bo\"}\n");

        Job update = server.query(
                "UPDATE house.people AS p SET name = CONCAT(p.name, @mark), born = NULL WHERE id >= @least",
                query -> query.addNamedParameter("least", QueryParameterValue.int64(2))
                        .addNamedParameter("mark", QueryParameterValue.string("!")));

        QueryStatistics statistics = update.getStatistics();
        assertThat(statistics.getStatementType()).hasToString("UPDATE");
        assertThat(statistics.getDmlStats().getUpdatedRowCount()).isEqualTo(1);
        assertThat(server.column("SELECT name FROM house.people ORDER BY id")).containsExactly("Ada", "Bo!");
    }

    @Test
    void valuesAreInsertedAndReadInBigQuerysForms() throws Exception {
        server.people();
        server.query("CREATE TABLE house.kinds (f FLOAT64, n NUMERIC, d DATETIME)", UnaryOperator.identity());
        server.query(
                "INSERT INTO house.kinds (f, n, d) VALUES (CAST('nan' AS FLOAT64), 100, '2024-01-15 12:00:00'),"
                        + " (CAST('-inf' AS FLOAT64), NUMERIC '1.50', NULL)",
                UnaryOperator.identity());

        Job read = server.query("SELECT f, n, d, 1 FROM house.kinds ORDER BY n DESC", UnaryOperator.identity());

        List<List<Object>> rows = read.getQueryResults()
                .streamAll()
                .map(row -> row.stream().map(FieldValue::getValue).toList())
                .toList();
        assertThat(rows).hasToString("[[NaN, 100, 2024-01-15T12:00:00, 1], [-Infinity, 1.5, null, 1]]");
        assertThat(read.getQueryResults().getSchema().getFields())
                .extracting("name")
                .containsExactly("f", "n", "d", "f0_");
    }

    @Test
    void aTableOfAnotherProjectIsNotFound() throws Exception {
        server.people();
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.query("SELECT 1 FROM `other-project.house.people`", UnaryOperator.identity()))
                .satisfies(e -> assertThat(e.getError().getReason()).isEqualTo("notFound"));
        assertThat(server.column("SELECT COUNT(*) FROM `" + LocalServer.PROJECT + "`.house.people"))
                .containsExactly("0");
    }
}
