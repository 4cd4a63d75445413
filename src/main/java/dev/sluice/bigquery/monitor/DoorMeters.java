package dev.sluice.bigquery.monitor;

import dev.sluice.bigquery.CallObserver;
import dev.sluice.bigquery.JobFigures;
import dev.sluice.bigquery.JobPurpose;
import dev.sluice.bigquery.ObservedJob;
import dev.sluice.bigquery.Tier;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Timers and counters of exchanges and BigQuery jobs. Every label has few values. Thread-safe. */
final class DoorMeters implements CallObserver {

    private static final String PREFIX = "sluice.bigquery.";
    private static final int MOST_NAMES = 200;

    /** Of the histograms: from what the gate costs to the longest tier. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(300)
    };

    private final MeterRegistry meters;
    private final BoundedNames orgs;
    private final BoundedNames operations = new BoundedNames(MOST_NAMES);
    private final BoundedNames answers = new BoundedNames(MOST_NAMES);

    DoorMeters(MeterRegistry meters, int orgLabels) {
        this.meters = meters;
        this.orgs = new BoundedNames(orgLabels);
    }

    @Override
    public void admitted(String phase, Tier tier, Duration waited) {
        record("gate.wait", at(phase, tier), waited);
    }

    @Override
    public void answered(String phase, Tier tier, String answer, Duration took) {
        record("calls", at(phase, tier).and("answer", answers.of(answer)), took);
    }

    private void record(String name, Tags tags, Duration took) {
        Timer.builder(PREFIX + name)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(meters)
                .record(took);
    }

    @Override
    public void repeated(String phase, Tier tier) {
        meters.counter(PREFIX + "retries", at(phase, tier)).increment();
    }

    @Override
    public void cut(String phase, Tier tier) {
        meters.counter(PREFIX + "deadlines", at(phase, tier)).increment();
    }

    private static Tags at(String phase, Tier tier) {
        return Tags.of("phase", phase, "tier", tier.name());
    }

    /** One histogram per operation, without tenants; the costs by tenant, without operations. */
    void ended(ObservedJob job, JobFigures figures, Severity severity) {
        JobPurpose purpose = job.purpose();
        Tags tags = Tags.of(
                "operation", operations.of(purpose.operation()),
                "tier", purpose.tier().name(),
                "outcome", job.outcome().name(),
                "severity", severity.name());
        record("jobs", tags, job.elapsed());
        Tags payer = Tags.of("tier", purpose.tier().name(), "org", orgs.of(purpose.org()));
        count("bytes.processed", payer, figures.bytesProcessed());
        count("bytes.billed", payer, figures.bytesBilled());
        count("slot.millis", payer, figures.slotMillis());
    }

    private void count(String name, Tags tags, @Nullable Long amount) {
        if (amount != null) {
            meters.counter(PREFIX + name, tags).increment(amount);
        }
    }

    /** An observation that nobody had time for. */
    void dropped() {
        meters.counter(PREFIX + "monitor.dropped").increment();
    }
}
