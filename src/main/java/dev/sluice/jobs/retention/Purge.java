package dev.sluice.jobs.retention;

import dev.sluice.ledger.Fence;
import dev.sluice.ledger.InstanceKey;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One purge, as its first run decided it.
 *
 * @param instance its own
 * @param runsBefore instances whose runs ended earlier go; local time, as Spring Batch keeps it
 * @param effectsBefore so do the effects of those; never later than {@code runsBefore}
 * @param list where a dry run says what would go; null unless it is one
 * @param blockSize instances that go in one transaction
 */
record Purge(
        InstanceKey instance,
        Fence fence,
        long run,
        LocalDateTime runsBefore,
        LocalDateTime effectsBefore,
        @Nullable Path list,
        int blockSize) {

    boolean isDryRun() {
        return list != null;
    }

    /** As the family's statements name it. */
    static Map<String, ?> named(InstanceKey instance) {
        return Map.of("job", instance.job(), "key", instance.jobKey(), "generation", instance.generation());
    }
}
