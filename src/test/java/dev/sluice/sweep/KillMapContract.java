package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.sweep.BulkInsertSweep.Aftermath;
import dev.sluice.sweep.BulkInsertSweep.Calm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each point of the kill map by its name: a death there is repaired by starting again, and nothing happens twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KillMapContract {

    /** Which unit of several it happens to. */
    private static final int LATER = 3;

    private BulkInsertSweep sweep;
    private Calm calm;

    /** Where in a calm life's moments a point of the map is. */
    enum Point {
        K0_BEFORE_THE_INSTANCE(places -> places.first("before INSERT INTO SLUICE_LEASE")),
        K1_INSTANCE_WITHOUT_EXECUTION(places -> places.first("after commit of .*INSERT INTO BATCH_JOB_INSTANCE")),
        K2_EXECUTION_STARTING(places -> places.first("after commit of .*INSERT INTO BATCH_JOB_EXECUTION ?\\(")),
        K3_READING(places -> places.nth("before INSERT INTO SLUICE_INTENT", LATER)),
        K4_INTENT_WITHOUT_UPLOAD(places -> places.nth("after INSERT INTO SLUICE_INTENT", LATER)),
        K5_IN_THE_MIDDLE_OF_AN_UPLOAD(places -> places.nth("after POST .*/upload/.*", LATER)),
        K6_UPLOADED_WITHOUT_A_REPLY(places -> places.nth("after PUT .*", LATER)),
        K7_BIGQUERY_JOB_RUNNING(places -> places.behind(K6_UPLOADED_WITHOUT_A_REPLY, "before GET .*/jobs/sluice-")),
        K8_DONE_BEFORE_THE_COMMIT(places -> places.nth("after UPDATE SLUICE_INTENT SET STATE = 'DONE'", LATER)),
        K9_IN_THE_COMMIT(
                places -> places.behind(K8_DONE_BEFORE_THE_COMMIT, "before commit of .*STEP_EXECUTION_CONTEXT")),
        K10_AFTER_THE_COMMIT(places -> places.behind(K9_IN_THE_COMMIT, "after commit of .*STEP_EXECUTION_CONTEXT")),
        K11_ALL_CHUNKS_BUT_STEP_NOT_COMPLETED(places -> {
            int upload = places.last("after PUT .*");
            int chunk = places.behind(upload, "after commit of .*STEP_EXECUTION_CONTEXT");
            return places.behind(chunk, "before commit of .*UPDATE BATCH_STEP_EXECUTION ");
        }),
        K12_ALL_STEPS_BUT_JOB_NOT_COMPLETED(
                places -> places.last("before commit of .*UPDATE BATCH_JOB_EXECUTION (?!CONTEXT)"));

        private final java.util.function.ToIntFunction<Places> moment;

        Point(java.util.function.ToIntFunction<Places> moment) {
            this.moment = moment;
        }
    }

    /** The moments of a calm life, the first being 1. */
    record Places(List<String> all) {

        int first(String pattern) {
            return nth(pattern, 1);
        }

        int nth(String pattern, int n) {
            int seen = 0;
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).matches(pattern + ".*") && ++seen == n) {
                    return i + 1;
                }
            }
            throw new AssertionError("%d times '%s' is not in the life of a run: %s".formatted(n, pattern, all));
        }

        int behind(Point point, String pattern) {
            return behind(point.moment.applyAsInt(this), pattern);
        }

        int behind(int moment, String pattern) {
            return moment + new Places(all.subList(moment, all.size())).first(pattern);
        }

        int last(String pattern) {
            for (int i = all.size(); i > 0; i--) {
                if (all.get(i - 1).matches(pattern + ".*")) {
                    return i;
                }
            }
            throw new AssertionError("'%s' is not in the life of a run".formatted(pattern));
        }
    }

    @BeforeAll
    void live(@TempDir Path folder) throws IOException {
        sweep = new BulkInsertSweep(folder, SweepScenario.of("append"), this::newDatabase);
        calm = sweep.calm();
    }

    /** The JDBC URL of an empty database, user included. */
    abstract String newDatabase(String name);

    @AfterAll
    void close() {
        sweep.close();
    }

    /** Two of them, another two each day. */
    @Test
    void nothingHappensTwiceAfterADeathAtTodaysPoints() throws IOException {
        int day = (int) LocalDate.now(ZoneOffset.UTC).toEpochDay();
        for (int i = 0; i < 2; i++) {
            Point point = Point.values()[(day * 2 + i) % Point.values().length];
            System.out.printf("%s: %s of %d points%n", getClass().getSimpleName(), point, Point.values().length);
            nothingHappensTwiceAfterADeathAt(point);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("sweep")
    void nothingHappensTwiceAfterADeathAt(Point point) throws IOException {
        assumeTrue(Shard.chosen().covers(point.ordinal() + 1));
        int moment = point.moment.applyAsInt(new Places(calm.places()));

        Aftermath aftermath = sweep.dieAt(moment);

        assertThat(aftermath.died())
                .as("the process died at %s", calm.places().get(moment - 1))
                .isTrue();
        assertThat(aftermath.digest()).isEqualTo(calm.digest());
    }

    /** K13: Spring Batch alone forgets that it recovered, and moves the end of the run. */
    @Test
    void nothingHappensTwiceAfterADeathInTheMiddleOfRecovery() throws IOException {
        int moment = Point.K7_BIGQUERY_JOB_RUNNING.moment.applyAsInt(new Places(calm.places()));
        Predicate<String> recovering = place -> place.matches("after commit of .*UPDATE BATCH_STEP_EXECUTION .*");

        Aftermath aftermath = sweep.die("k13", List.of(new DeathSwitch(moment), new DeathSwitch(recovering)));

        assertThat(aftermath.died()).as("both died").isTrue();
        assertThat(aftermath.digest()).isEqualTo(calm.digest());
    }
}
