package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.local.sql.TableName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that change a table while another of them is committed. */
class ConcurrentUpdateTests extends OwnWarehouse {

    private static final int RERUNS = 3;

    @BeforeEach
    void fill() {
        warehouse.query("CREATE TABLE ds.t (id INT64, name STRING)");
        warehouse.query("INSERT INTO ds.t VALUES (1, 'a'), (2, 'a')");
    }

    private void rename(int id, String name, Runnable meanwhile) {
        warehouse.inTurn("UPDATE ds.t SET name = CONCAT(name, '%s') WHERE id = %d".formatted(name, id), meanwhile);
    }

    private static Runnable times(int count, Runnable act) {
        var left = new AtomicInteger(count);
        return () -> {
            if (left.getAndDecrement() > 0) {
                act.run();
            }
        };
    }

    @Test
    void whoMetAFasterOneReadsItsRowsInAnotherRun() {
        rename(1, "c", times(RERUNS, () -> rename(1, "b", () -> {})));

        assertThat(warehouse.rows("SELECT name FROM ds.t WHERE id = 1")).isEqualTo("[[abbbc]]");
    }

    @Test
    void whoMetFasterOnesInEachRunFails() {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> rename(1, "c", () -> rename(1, "b", () -> {})))
                .withMessage("Could not serialize access to table test-project:ds.t due to concurrent update")
                .matches(error -> error.reason().equals("invalidQuery") && error.status() == 400);

        assertThat(warehouse.rows("SELECT name FROM ds.t WHERE id = 1")).isEqualTo("[[abbbb]]");
    }

    @Test
    void rowsOfOnePartitionAreOneThing() {
        var runs = new AtomicInteger();

        rename(1, "c", () -> {
            if (runs.incrementAndGet() == 1) {
                rename(2, "b", () -> {});
            }
        });

        assertThat(runs).hasValue(2);
        assertThat(warehouse.rows("SELECT name FROM ds.t ORDER BY id")).isEqualTo("[[ac], [ab]]");
    }

    @Test
    void otherPartitionsAndAddedRowsAreNotInTheWay() {
        warehouse.query("CREATE TABLE ds.p (d DATE, n INT64) PARTITION BY d");
        warehouse.query("INSERT INTO ds.p VALUES (DATE '2024-01-01', 1), (DATE '2024-01-02', 1)");
        var runs = new AtomicInteger();

        warehouse.inTurn("UPDATE ds.p SET n = 2 WHERE d = '2024-01-01'", () -> {
            runs.incrementAndGet();
            warehouse.inTurn("UPDATE ds.p SET n = 3 WHERE d = '2024-01-02'", () -> {});
            warehouse.inTurn("INSERT INTO ds.p VALUES (DATE '2024-01-01', 4)", () -> {});
        });

        assertThat(runs).hasValue(1);
        assertThat(warehouse.rows("SELECT n FROM ds.p ORDER BY n")).isEqualTo("[[2], [3], [4]]");
    }

    @Test
    void aTransactionOfAScriptThatMeetsAnotherChangeIsAborted() {
        warehouse.change((connection, tables) -> {
            Store.update(
                    connection,
                    "UPDATE %s SET _sluice_to = 0"
                            .formatted(tables.get(connection, new TableName("ds", "t"))
                                    .duckDbName()));
            assertThatExceptionOfType(ApiError.class)
                    .isThrownBy(() -> warehouse.query("""
                            BEGIN TRANSACTION;
                            UPDATE ds.t SET name = 'y' WHERE id = 2;
                            COMMIT TRANSACTION;"""))
                    .withMessageStartingWith(
                            "Transaction is aborted due to concurrent update against table test-project:ds.t.");
            return connection;
        });
    }

    @Test
    void momentsHaveTheOrderOfCommits() throws Exception {
        warehouse.close();
        var clock = new MovableClock(Clock.fixed(Instant.parse("2024-05-01T00:00:00Z"), ZoneOffset.UTC));
        warehouse = new Warehouse(folder.resolve("past"), clock);
        warehouse.dataset("ds");
        warehouse.query("CREATE TABLE ds.t AS SELECT id, 'a' AS name FROM UNNEST([1, 2]) AS id");
        clock.advance(Duration.ofMinutes(1));

        rename(1, "c", times(1, () -> {
            clock.advance(Duration.ofMinutes(1));
            warehouse.inTurn("INSERT INTO ds.t VALUES (3, 'x')", () -> {});
            clock.advance(Duration.ofMinutes(1));
        }));
        clock.advance(Duration.ofMinutes(1));

        String at = "SELECT COUNTIF(name = 'ac'), COUNT(*) FROM ds.t FOR SYSTEM_TIME AS OF '2024-05-01 00:%s:30+00'";
        assertThat(warehouse.rows(at.formatted("01"))).isEqualTo("[[0, 2]]");
        assertThat(warehouse.rows(at.formatted("02"))).isEqualTo("[[0, 3]]");
        assertThat(warehouse.rows(at.formatted("03"))).isEqualTo("[[1, 3]]");
    }
}
