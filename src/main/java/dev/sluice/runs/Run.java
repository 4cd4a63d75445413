package dev.sluice.runs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run, as people and programs see it; the component names are the names of the {@code --json} form. Row counts are
 * null until the run has left a receipt.
 *
 * @param run the JobExecution id
 * @param instance the JobInstance id; a restart is another run of the same one
 * @param status Spring Batch's; a run whose owner died still says STARTED, see {@code ownerDied}
 * @param exitCode of the command, null while the run has not ended
 * @param ownerDied whether the run has not ended although its process is known to be gone
 * @param stopping whether its living owner has been asked to stop and has not let go yet
 * @param generation 1, or more for a re-run
 * @param actions what people and programs did to it, the oldest first
 * @param failure what went wrong, without contents and secrets
 * @param purge what it removed; null unless it is a purge
 * @param purged when its own history was removed: steps are not known any more; null if it was not
 */
public record Run(
        long run,
        String job,
        long instance,
        String status,
        @Nullable Integer exitCode,
        boolean ownerDied,
        boolean stopping,
        int generation,
        Map<String, String> parameters,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable Long rowsRead,
        @Nullable Long rowsRejected,
        @Nullable Long rowsStaged,
        @Nullable Long rowsInserted,
        @Nullable Long rowsUpdated,
        @Nullable Long rowsUnchanged,
        @Nullable Long rowsDeleted,
        List<RunStep> steps,
        List<RunBigQueryJob> bigQueryJobs,
        @Nullable String rejectFile,
        List<RunAction> actions,
        @Nullable String failure,
        @Nullable RunPurge purge,
        @Nullable Instant purged) {

    /** Whether the run is over, in the repository's eyes. */
    public boolean hasEnded() {
        return ended != null;
    }
}
