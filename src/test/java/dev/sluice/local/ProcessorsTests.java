package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB has all processors while a large job runs, and one otherwise. */
@Timeout(60)
class ProcessorsTests {

    private static final int ALL = 3;
    private static final Duration LINGER = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private DuckDBConnection root;
    private Connection observer;
    private Processors processors;

    @BeforeEach
    void open() throws Exception {
        root = DuckDbFile.open(folder.resolve("processors.duckdb"), folder, List.of(), "512MB");
        observer = root.duplicate();
        processors = new Processors(root, ALL, LINGER);
    }

    @AfterEach
    void close() throws SQLException {
        processors.close();
        observer.close();
        root.close();
    }

    private int used() throws SQLException {
        try (var statement = observer.createStatement();
                var result = statement.executeQuery("SELECT current_setting('threads')")) {
            result.next();
            return result.getInt(1);
        }
    }

    private void awaitUsed(int expected) {
        await().atMost(Duration.ofSeconds(20)).until(this::used, used -> used == expected);
    }

    @Test
    void aLargeJobHasAllUntilItsEnd() throws SQLException {
        RunningJob job = RunningJob.written(QueryText.NONE);

        processors.give(job, 1 << 30);
        assertThat(used()).isEqualTo(ALL);
        job.end();
        processors.leave(job);

        awaitUsed(1);
    }

    @Test
    void aSmallJobHasOne() throws SQLException {
        processors.give(RunningJob.written(QueryText.NONE), 1000);

        assertThat(used()).isEqualTo(1);
    }

    @Test
    void anotherLargeJobKeepsThem() throws Exception {
        RunningJob one = RunningJob.written(QueryText.NONE);
        RunningJob other = RunningJob.written(QueryText.NONE);
        processors.giveAll(one);
        processors.giveAll(other);

        processors.leave(one);
        Thread.sleep(LINGER.multipliedBy(3).toMillis());
        assertThat(used()).isEqualTo(ALL);
        processors.leave(other);

        awaitUsed(1);
    }

    @Test
    void aQueryThatReadsMuchIsLarge() throws Exception {
        try (var warehouse = new Warehouse(folder, Clock.systemUTC())) {
            warehouse.dataset("house");
            warehouse.query("CREATE TABLE house.many AS SELECT n FROM UNNEST(GENERATE_ARRAY(1, 600000)) AS n");
            assertThat(used(warehouse)).isEqualTo("1");

            warehouse.query("SELECT SUM(n) FROM house.many");

            assertThat(used(warehouse))
                    .isEqualTo(String.valueOf(Runtime.getRuntime().availableProcessors()));
        }
    }

    private static String used(Warehouse warehouse) {
        return warehouse.change(
                (connection, tables) -> Store.text(connection, "SELECT CAST(current_setting('threads') AS VARCHAR)")
                        .orElseThrow());
    }

    /** Otherwise whatever ends meanwhile waits until the other thread has done its part of the statement. */
    @Test
    void takingThemBackDelaysNobody() throws Exception {
        RunningJob job = RunningJob.written(QueryText.NONE);
        processors.giveAll(job);
        try (var connection = root.duplicate();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE many AS FROM range(2000000)");
            job.end();
            processors.leave(job);
            var slow = CompletableFuture.<Object>supplyAsync(() -> {
                try {
                    return statement.execute("SELECT sum(many.range * b.range) FROM many, range(100000) b");
                } catch (SQLException e) {
                    return e;
                }
            });
            Thread.sleep(LINGER.multipliedBy(2).toMillis());

            long before = System.nanoTime();
            assertThat(used()).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(slow).isNotDone();
            statement.cancel();
            assertThat(slow.get()).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aJobKnowsHowLongItsThreadHasWorked() {
        RunningJob job = RunningJob.held(QueryText.NONE);
        assertThat(job.hasWorked(Duration.ZERO)).isFalse();

        assertThat(job.start(1)).isTrue();
        while (!job.hasWorked(Duration.ofMillis(20))) {
            Thread.onSpinWait();
        }

        assertThat(job.hasWorked(Duration.ofHours(1))).isFalse();
    }

    @Test
    void theyLingerAfterTheLastLargeJob() throws Exception {
        RunningJob one = RunningJob.written(QueryText.NONE);
        RunningJob other = RunningJob.written(QueryText.NONE);
        processors.giveAll(one);
        processors.leave(one);
        Thread.sleep(LINGER.toMillis() * 3 / 5);

        processors.giveAll(other);
        long left = System.nanoTime();
        processors.leave(other);
        awaitUsed(1);

        assertThat(Duration.ofNanos(System.nanoTime() - left)).isGreaterThanOrEqualTo(LINGER);
    }

    @Test
    void aJobThatHasJustEndedDoesNotKeepThem() {
        RunningJob job = RunningJob.written(QueryText.NONE);
        job.end();
        processors.leave(job);

        processors.giveAll(job);

        awaitUsed(1);
    }
}
