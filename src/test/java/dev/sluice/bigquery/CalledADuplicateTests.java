package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.TableId;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultPlan;
import dev.sluice.local.fault.FaultRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that BigQuery calls a duplicate is looked for, before anything relies on it. */
class CalledADuplicateTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TableId TABLE = TableId.of("sluice-local", "d", "t");

    @TempDir
    Path folder;

    /** @param calls that are called duplicates, of those that create a table */
    private LocalBigQuery lying(Set<Integer> calls) throws IOException {
        var rule = new FaultRule(
                new FaultRule.Target("tables", "", "", Pattern.compile("/tables$")),
                new FaultRule.Window(null, null),
                calls,
                1,
                1,
                new Fault.Status(409, "duplicate"));
        return LocalBigQuery.open(
                folder,
                0,
                DoorUnderTest.TOKEN,
                Clock.systemUTC(),
                LocalSettings.defaults().withFaults(new FaultPlan(List.of(rule), 0, Clock.systemUTC())));
    }

    private static void create(DoorUnderTest door) {
        door.tables.createDataset(DatasetId.of("sluice-local", "d"), door.within(LIMIT));
        door.tables.createStaging(TABLE, DoorUnderTest.SCHEMA, Duration.ofDays(1), door.within(LIMIT));
    }

    @Test
    void createsItAgainIfItIsNotThere() throws IOException {
        try (var local = lying(Set.of(1));
                var door = new DoorUnderTest(local.url())) {
            create(door);
            assertThat(door.tables.find(TABLE, door.within(LIMIT))).isPresent();
        }
    }

    @Test
    void saysSoIfItNeverComes() throws IOException {
        try (var local = lying(Set.of());
                var door = new DoorUnderTest(local.url())) {
            assertThatThrownBy(() -> create(door))
                    .isInstanceOf(BigQueryFailure.Transient.class)
                    .hasMessage("cannot create table d.t: BigQuery says that it exists, and does not find it, 3 times;"
                            + " try again later");
        }
    }
}
