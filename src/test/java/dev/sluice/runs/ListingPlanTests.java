package dev.sluice.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.PostgresServer;
import dev.sluice.database.QueryPlans;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A page of runs is found and read by indexes, whatever it is filtered by; how fast that is, {@code scripts/bench/runs} says. */
class ListingPlanTests {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final List<String> INDEXES = List.of(
            "sluice_run_status",
            "sluice_run_created",
            "sluice_run_instance",
            "sluice_run_parameter",
            "sluice_intent_run",
            "sluice_action_run");

    /** H2 makes an index for each foreign key, and finds a run's parameters and steps by that. */
    @Test
    void usesEveryIndexOnH2() {
        require("jdbc:h2:mem:listing-plans;USER=sa", INDEXES);
    }

    /** Which index it prefers depends on how often values occur. */
    @Test
    void readsNoTableWholeOnPostgres() {
        require(PostgresServer.newDatabase(), List.of());
    }

    private static void require(String url, List<String> indexes) {
        try (var plans = new QueryPlans(url)) {
            var history = new RunHistory(plans.repository(), BigDecimal.ONE);
            for (RunFilter filter : List.of(
                    filter(null, null, Map.of(), null),
                    filter("job1", null, Map.of(), null),
                    filter("rare", "COMPLETED", Map.of("org", "org7"), null),
                    filter(null, "FAILED", Map.of(), null),
                    filter(null, null, Map.of("org", "org7"), null),
                    filter("job7", "FAILED", Map.of("org", "org7", "mode", "append"), null),
                    filter(null, null, Map.of(), LONG_AGO))) {
                var unused = history.list(filter);
            }

            assertThat(plans.wholeReads()).isEmpty();
            assertThat(indexes)
                    .filteredOn(index -> !plans.together().contains(index))
                    .as("unused")
                    .isEmpty();
        }
    }

    private static RunFilter filter(
            @Nullable String job, @Nullable String status, Map<String, String> parameters, @Nullable Instant since) {
        return new RunFilter(job, status, parameters, since, null, 1_500L, 20);
    }
}
