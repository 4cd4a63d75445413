package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestInstance;

/** Each BigQuery must pass it alike. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConformanceContract {

    private static final long MIB = 1L << 20;
    private static final long MOST_BILLED = 1_500 * MIB;
    private static final int LEAST_CHECKS = 120;

    private static final List<Function<ConformanceTarget, Area>> AREAS = List.of(
            DatasetChecks::new,
            TableChecks::new,
            SchemaChecks::new,
            JobChecks::new,
            DestinationChecks::new,
            QueryChecks::new,
            TypeChecks::new,
            ParameterChecks::new,
            DmlChecks::new,
            DdlChecks::new,
            LoadChecks::new,
            CopyChecks::new,
            StreamingChecks::new,
            StorageWriteChecks::new,
            PagingChecks::new,
            ErrorChecks::new,
            InformationChecks::new);

    private final AtomicInteger areas = new AtomicInteger();
    private final AtomicInteger checks = new AtomicInteger();
    private ConformanceTarget target;

    abstract ConformanceTarget open() throws Exception;

    /** Ends what {@link #open} began, when the dataset has been removed. */
    void shutDown() {}

    @BeforeAll
    void start() throws Exception {
        target = open();
    }

    @AfterAll
    void removeEverything() {
        try {
            removeTarget();
        } finally {
            shutDown();
        }
        assertThat(checks.get()).isGreaterThanOrEqualTo(LEAST_CHECKS * areas.get() / AREAS.size());
    }

    private void removeTarget() {
        if (target != null) {
            System.out.printf(
                    "conformance suite: %d checks of %d of %d areas, %d MiB billed%n",
                    checks.get(), areas.get(), AREAS.size(), target.billed() / MIB);
            target.close();
        }
    }

    /** @param covered which areas, counted from 1 */
    Stream<DynamicContainer> areas(IntPredicate covered) {
        return IntStream.rangeClosed(1, AREAS.size())
                .filter(covered)
                .mapToObj(number -> AREAS.get(number - 1).apply(target))
                .peek(area -> areas.incrementAndGet())
                .map(area -> DynamicContainer.dynamicContainer(
                        "cloud.google.com/bigquery/docs/" + area.page(),
                        area.checks().peek(check -> checks.incrementAndGet()).filter(check -> affordable())));
    }

    private boolean affordable() {
        assertThat(target.billed()).as("bytes billed so far").isLessThan(MOST_BILLED);
        return true;
    }
}
