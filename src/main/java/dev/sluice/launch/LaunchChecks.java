package dev.sluice.launch;

import dev.sluice.definition.LaunchCheck;
import dev.sluice.definition.LaunchVerdict;
import dev.sluice.ledger.InstanceKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks what a job's family has to say about a launch. */
final class LaunchChecks {

    private final List<LaunchCheck> checks;

    LaunchChecks(List<LaunchCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * @param instance the generation that is to be launched
     * @param completedRun the run that completed it, if one did
     */
    Optional<LaunchOutcome> refusal(LaunchRequest request, InstanceKey instance, @Nullable Long completedRun) {
        return checks.stream()
                .filter(check -> check.job().equals(request.job()))
                .map(check -> check.check(request.values(), instance.jobKey(), instance.generation(), completedRun))
                .filter(verdict -> !(verdict instanceof LaunchVerdict.Allowed))
                .map(LaunchChecks::refusal)
                .findFirst();
    }

    private static LaunchOutcome refusal(LaunchVerdict verdict) {
        if (verdict instanceof LaunchVerdict.Invalid invalid) {
            return new LaunchOutcome(ExitCode.INVALID, null, invalid.problems());
        }
        if (verdict instanceof LaunchVerdict.AlreadyDone done) {
            return LaunchOutcome.of(ExitCode.ALREADY_COMPLETED, null, done.message());
        }
        return LaunchOutcome.of(ExitCode.REFUSED, null, ((LaunchVerdict.Refused) verdict).message());
    }
}
