package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultCacheTests {

    private static final String COUNT = "SELECT SUM(id) FROM ds.t";

    @TempDir
    private Path folder;

    private final MovableClock clock =
            new MovableClock(Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC));
    private Warehouse warehouse;

    @BeforeEach
    void open() throws Exception {
        warehouse = new Warehouse(folder, clock);
        warehouse.dataset("ds");
        warehouse.query("CREATE TABLE ds.t AS SELECT 1 AS id");
    }

    @AfterEach
    void close() throws Exception {
        warehouse.close();
    }

    private boolean isHit(String sql, QueryParameter... parameters) {
        JobStatistics statistics = warehouse.query(sql, parameters).statistics();
        boolean hit = statistics.getQuery().getCacheHit();
        assertThat(statistics.getQuery().getTotalBytesBilled() == 0).isEqualTo(hit);
        return hit;
    }

    @Test
    void theSameQueryOverTheSameRowsIsNotBilledAgain() {
        assertThat(isHit(COUNT)).isFalse();
        assertThat(isHit(COUNT)).isTrue();
        assertThat(warehouse.rows(COUNT)).isEqualTo("[[1]]");
        assertThat(isHit(COUNT + " ")).isFalse();
    }

    @Test
    void whatHasChangedIsReadAgain() {
        warehouse.query(COUNT);
        warehouse.query("UPDATE ds.t SET id = 5 WHERE id = 1");
        assertThat(isHit(COUNT)).isFalse();
        assertThat(warehouse.rows(COUNT)).isEqualTo("[[5]]");
        warehouse.query("ALTER TABLE ds.t ADD COLUMN name STRING");
        assertThat(isHit(COUNT)).isFalse();

        warehouse.query("CREATE VIEW ds.v AS SELECT id FROM ds.t");
        warehouse.query("SELECT id FROM ds.v");
        assertThat(isHit("SELECT id FROM ds.v")).isTrue();
        warehouse.query("CREATE OR REPLACE VIEW ds.v AS SELECT id + 1 AS id FROM ds.t");
        assertThat(warehouse.rows("SELECT id FROM ds.v")).isEqualTo("[[6]]");
    }

    @Test
    void whatDependsOnTheMomentIsComputedEachTime() {
        String now = "SELECT CURRENT_TIMESTAMP() > TIMESTAMP '2000-01-01', id FROM ds.t";
        warehouse.query(now);
        assertThat(isHit(now)).isFalse();
        warehouse.query("CREATE VIEW ds.v AS SELECT id, CURRENT_DATE() AS today FROM ds.t");
        warehouse.query("SELECT id FROM ds.v");
        assertThat(isHit("SELECT id FROM ds.v")).isFalse();
    }

    @Test
    void otherParametersAreAnotherQuery() {
        String sql = "SELECT id FROM ds.t WHERE id < @most";
        assertThat(isHit(sql, most(1))).isFalse();
        assertThat(isHit(sql, most(2))).isFalse();
        assertThat(isHit(sql, most(1))).isTrue();
    }

    private static QueryParameter most(int value) {
        return new QueryParameter()
                .setName("most")
                .setParameterType(new QueryParameterType().setType("INT64"))
                .setParameterValue(new QueryParameterValue().setValue(String.valueOf(value)));
    }

    @Test
    void whoWantsNoCacheOrComesAfterADayGetsAFreshResult() {
        warehouse.query(COUNT);
        var fresh = new JobConfigurationQuery().setQuery(COUNT).setUseLegacySql(false);
        assertThat(warehouse
                        .query(fresh.clone().setUseQueryCache(false))
                        .statistics()
                        .getQuery()
                        .getCacheHit())
                .isFalse();
        assertThat(isHit(COUNT)).isTrue();
        clock.advance(Duration.ofHours(25));
        assertThat(isHit(COUNT)).isFalse();
    }

    @Test
    void conditionsOfScriptsCostWhatTheyRead() {
        JobStatistics statistics = warehouse.query("""
                DECLARE n INT64 DEFAULT (SELECT SUM(id) FROM ds.t);
                IF 5 < (SELECT COUNT(id) FROM ds.t) THEN SELECT 1; END IF;""").statistics();

        assertThat(statistics.getTotalBytesProcessed()).isEqualTo(16);
        assertThat(statistics.getQuery().getTotalBytesBilled()).isEqualTo(20L << 20);
    }
}
