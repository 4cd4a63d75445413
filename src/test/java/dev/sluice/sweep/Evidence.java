package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.Deadlines;
import dev.sluice.bigquery.QueryRows;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.Tier;
import dev.sluice.item.Sha256;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.runs.Run;
import dev.sluice.runs.RunFilter;
import dev.sluice.runs.RunHistory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What a load left behind, as its last process and BigQuery tell it. */
final class Evidence {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Several load units, the publishing. */
    private static final int FEWEST_EFFECTS = 3;

    private final SweepScenario scenario;
    private final SweepBigQuery bigQuery;
    private final JobProcess process;

    Evidence(SweepScenario scenario, SweepBigQuery bigQuery, JobProcess process) {
        this.scenario = scenario;
        this.bigQuery = bigQuery;
        this.process = process;
    }

    /** SHA-256 over all rows of a table of plans; first looks at everything else that a load must leave. */
    String digest(String table) throws IOException {
        requireOneJobPerEffect();
        requireNothingLeased();
        requireRejectsOnce();
        List<String> lines = new ArrayList<>();
        query("SELECT * FROM " + table).rows().forEach(row -> {
            List<Object> values = new ArrayList<>();
            row.forEach(value -> values.add(value.getValue()));
            lines.add(JSON.writeValueAsString(values));
        });
        assertThat(lines).hasSize(scenario.rowsAfter());
        Collections.sort(lines);
        return Sha256.of(String.join("\n", lines));
    }

    private QueryRows query(String sql) {
        return process.bean(BigQueryJobs.class)
                .query(
                        new SqlStatement("sweep", sql, Map.of()),
                        process.bean(Deadlines.class).start(Tier.USER));
    }

    private JdbcClient repository() {
        return process.bean(LedgerDatabase.class).jdbc();
    }

    private void requireOneJobPerEffect() throws IOException {
        List<String> ids = repository()
                .sql("SELECT BIGQUERY_JOB_ID FROM SLUICE_INTENT")
                .query(String.class)
                .list();
        Set<String> effects = ids.stream().map(Evidence::effect).collect(Collectors.toSet());
        Map<String, Integer> successes = new TreeMap<>();
        for (String id : ids) {
            if (bigQuery.hasSucceeded(id)) {
                successes.merge(effect(id), 1, Integer::sum);
            }
        }
        assertThat(successes.keySet())
                .as("effects with a successful BigQuery job")
                .isEqualTo(effects)
                .hasSizeGreaterThan(FEWEST_EFFECTS);
        assertThat(successes.values()).containsOnly(1);
    }

    private static String effect(String bigQueryJobId) {
        return bigQueryJobId.substring(0, bigQueryJobId.lastIndexOf("-a"));
    }

    private void requireNothingLeased() {
        long leased = count("SELECT COUNT(*) FROM SLUICE_LEASE WHERE NOT RELEASED AND EXPIRES_AT > CURRENT_TIMESTAMP");
        assertThat(leased).as("leases").isZero();
    }

    private long count(String sql) {
        return repository().sql(sql).query(Long.class).single();
    }

    /** The receipt adds up, and what was set aside stands there once, whatever was read twice. */
    private void requireRejectsOnce() {
        Run run = new RunHistory(process.bean(DataSource.class), BigDecimal.ONE)
                .list(new RunFilter("bulk-insert", "COMPLETED", 1))
                .get(0);
        assertThat(List.of(
                        run.rowsRead(),
                        run.rowsRejected(),
                        run.rowsStaged(),
                        run.rowsInserted(),
                        run.rowsUpdated(),
                        run.rowsUnchanged(),
                        run.rowsDeleted()))
                .as("receipt")
                .isEqualTo(scenario.receipt());
        requireRejectsKept(String.valueOf(run.rejectFile()));
        assertThat(count("SELECT COUNT(*) FROM SLUICE_DEAD_LETTER"))
                .as("dead letters")
                .isEqualTo(scenario.rejected().size());
    }

    private void requireRejectsKept(String where) {
        if (!scenario.isObjects()) {
            assertThat(Path.of(where)).hasContent(String.join("\n", scenario.rejected()));
            return;
        }
        assertThat(where).startsWith("table ");
        QueryRows kept = query("SELECT number, content FROM `%s`".formatted(where.substring("table ".length())));
        assertThat(kept.rows()).as(where).hasSameSizeAs(scenario.rejected());
    }
}
