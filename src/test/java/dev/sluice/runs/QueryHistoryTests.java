package dev.sluice.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.PostgresServer;
import dev.sluice.ledger.RepositoryMigration;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class QueryHistoryTests {

    private static final BigDecimal PRICE = new BigDecimal("6.25");

    private static DataSource open(String database) {
        String url = database.equals("postgres") ? PostgresServer.newDatabase() : "jdbc:h2:mem:queries-" + database;
        return new DriverManagerDataSource(url + (database.equals("postgres") ? "" : ";DB_CLOSE_DELAY=-1"));
    }

    @Test
    void hasNothingToTellOfAnEmptyDatabase() {
        assertThat(new QueryHistory(open("empty"), PRICE).worst(everything(QueryOrder.ELAPSED)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void listsTheWorstFirstByWhatIsAsked(String database) {
        DataSource repository = open(database);
        RepositoryMigration.migrate(repository, Path.of("."));
        JdbcClient jdbc = JdbcClient.create(repository);
        observe(jdbc, "job-a", "f/read.sql", "USER", "acme_corp", null, "DONE", "OK", 5, 100L, 0);
        observe(jdbc, "job-b", "f/read.sql", "BATCH", "beta_corp", 7L, "FAILED", "WARN", 50, null, 0);
        observe(jdbc, "job-c", "g/write.sql", "BATCH", "acme_corp", 7L, "DONE", "ALERT", 20, 1L << 40, 3600);
        var history = new QueryHistory(repository, PRICE);

        assertThat(ids(history, everything(QueryOrder.ELAPSED))).containsExactly("job-b", "job-c", "job-a");
        assertThat(ids(history, everything(QueryOrder.BILLED))).containsExactly("job-c", "job-a", "job-b");
        assertThat(ids(history, filter("f/", null, null, null, null, null, null)))
                .containsExactly("job-b", "job-a");
        assertThat(ids(history, filter("%", null, null, null, null, null, null)))
                .isEmpty();
        assertThat(ids(history, filter(null, "batch", null, null, null, null, null)))
                .containsExactly("job-b", "job-c");
        assertThat(ids(history, filter(null, null, "acme_corp", null, null, null, null)))
                .containsExactly("job-c", "job-a");
        assertThat(ids(history, filter(null, null, "' OR 1=1 --", null, null, null, null)))
                .isEmpty();
        assertThat(ids(history, filter(null, null, null, "alert", null, null, null)))
                .containsExactly("job-c");
        assertThat(ids(history, filter(null, null, null, null, "failed", null, null)))
                .containsExactly("job-b");
        assertThat(ids(history, filter(null, null, null, null, null, 7L, null))).containsExactly("job-b", "job-c");
        assertThat(ids(history, filter(null, null, null, null, null, null, Duration.ofMinutes(1))))
                .containsExactly("job-b", "job-a");
        var one = new QueryFilter(null, null, null, null, null, null, null, QueryOrder.ELAPSED, 1);
        assertThat(ids(history, one)).containsExactly("job-b");

        ObservedQuery dear = history.worst(everything(QueryOrder.BILLED)).get(0);
        assertThat(dear.costUsd()).isEqualByComparingTo(PRICE);
        assertThat(dear.cacheHit()).isFalse();
        assertThat(dear.rows()).isNull();
    }

    private static QueryFilter everything(QueryOrder order) {
        return new QueryFilter(null, null, null, null, null, null, null, order, 10);
    }

    private static QueryFilter filter(
            @Nullable String operation,
            @Nullable String tier,
            @Nullable String org,
            @Nullable String severity,
            @Nullable String outcome,
            @Nullable Long run,
            @Nullable Duration since) {
        return new QueryFilter(operation, tier, org, severity, outcome, run, since, QueryOrder.ELAPSED, 10);
    }

    private static List<String> ids(QueryHistory history, QueryFilter filter) {
        return history.worst(filter).stream().map(ObservedQuery::bigQueryJobId).toList();
    }

    private static void observe(
            JdbcClient jdbc,
            String id,
            String operation,
            String tier,
            String org,
            @Nullable Long run,
            String outcome,
            String severity,
            long elapsed,
            @Nullable Long billed,
            int secondsAgo) {
        jdbc.sql("INSERT INTO SLUICE_QUERY (TYPE, OPERATION, TIER, ORG, RUN_ID, BIGQUERY_JOB_ID, OUTCOME, SEVERITY,"
                        + " ELAPSED_MILLIS, RETRIES, BYTES_BILLED, CACHE_HIT, RECORDED_AT) VALUES ('query', ?, ?, ?, ?,"
                        + " ?, ?, ?, ?, 0, ?, FALSE, CURRENT_TIMESTAMP - INTERVAL '" + secondsAgo + "' SECOND)")
                .params(operation, tier, org)
                .param(run)
                .params(id, outcome, severity, elapsed)
                .param(billed)
                .update();
    }
}
