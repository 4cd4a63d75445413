package dev.sluice.jobs.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.PostgresServer;
import dev.sluice.database.QueryPlans;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A purge looks for its next block by indexes; how fast that is, {@code scripts/bench/runs} says. */
class PurgePlanTests {

    /** H2 makes an index for each foreign key, and finds an instance's runs by that. */
    @Test
    void findsABlockByIndexesOnH2() {
        require("jdbc:h2:mem:purge-plans;USER=sa", List.of("sluice_intent_instance"));
    }

    @Test
    void readsNoTableWholeOnPostgres() {
        require(PostgresServer.newDatabase(), List.of());
    }

    private static void require(String url, List<String> indexes) {
        try (var plans = new QueryPlans(url)) {
            var unused = new PurgeStatements(plans.repository(), Path.of("sql"))
                    .of("retention/find-instances.sql")
                    .params(Map.of("position", 0, "before", LocalDateTime.MAX.withYear(9999), "block", 100))
                    .query()
                    .listOfRows();

            assertThat(plans.wholeReads()).isEmpty();
            assertThat(indexes)
                    .filteredOn(index -> !plans.together().contains(index))
                    .as("unused")
                    .isEmpty();
        }
    }
}
