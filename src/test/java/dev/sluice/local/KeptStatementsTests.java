package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections remember how DuckDB executes a statement; what it knew of the rows then must not be believed later. */
class KeptStatementsTests {

    private static final List<String> STATEMENTS = List.of(
            "SELECT concat_ws(' ', count(*), sum(f), count(e), sum(e)) FROM data.t",
            "SELECT concat(count(*)) FROM data.t WHERE e IS NULL",
            "SELECT concat(count(*)) FROM (SELECT n FROM data.t WHERE e IS NULL LIMIT 10000)",
            "SELECT concat(min(n), ' ', max(n)) FROM data.t",
            "SELECT concat(count(*)) FROM data.t WHERE n < 5000",
            "SELECT concat(count(*)) FROM data.t WHERE n IS NOT NULL",
            "SELECT concat(count(*)) FROM data.empty WHERE e IS NULL");

    private static final List<String> CHANGES = List.of(
            "UPDATE data.t SET e = 5 WHERE n < 100",
            "INSERT INTO data.t SELECT range, 7, NULL FROM range(4000, 6000)",
            "INSERT INTO data.empty SELECT range, 7, NULL FROM range(10)",
            "INSERT INTO data.t VALUES (NULL, 0, NULL)",
            "UPDATE data.empty SET e = 3 WHERE n = 1",
            "DELETE FROM data.t WHERE n > 5");

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(folder, List.of(), "512MB", Clock.systemUTC());
        change("CREATE TABLE data.t (n BIGINT, f BIGINT NOT NULL, e BIGINT)");
        change("CREATE TABLE data.empty (n BIGINT, f BIGINT NOT NULL, e BIGINT)");
        change("INSERT INTO data.t SELECT range, 1, NULL FROM range(1000)");
        store.close();
        store = Store.open(folder, List.of(), "512MB", Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private void change(String sql) {
        store.change(connection -> Store.update(connection, sql));
    }

    private static void requireSameAnswers(Connection connection, String after) throws SQLException {
        for (String sql : STATEMENTS) {
            assertThat(Store.text(connection, sql))
                    .as(sql + after)
                    .isEqualTo(Store.text(connection, sql + " -- " + after));
        }
    }

    @Test
    void answersAreThoseOfStatementsThatArePlannedAnew() {
        Connection first = store.read(connection -> {
            requireSameAnswers(connection, "its start");
            return connection;
        });
        for (String change : CHANGES) {
            change(change);
            Connection again = store.read(connection -> {
                requireSameAnswers(connection, change);
                return connection;
            });
            assertThat(again).isSameAs(first);
        }
    }
}
