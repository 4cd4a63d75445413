package dev.sluice.jobs.retention;

import dev.sluice.definition.LaunchCheck;
import dev.sluice.definition.LaunchVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** May this purge start? */
final class PurgeLaunchCheck implements LaunchCheck {

    private static final Duration YOUNGEST = Duration.ofDays(1);
    private static final Duration OLDEST = Duration.ofDays(36_500);
    private static final long LARGEST_BLOCK = 1_000;

    @Override
    public String job() {
        return PurgeJob.NAME;
    }

    @Override
    public LaunchVerdict check(
            Map<String, String> parameters, String jobKey, int generation, @Nullable Long completedRun) {
        List<String> problems = problems(parameters);
        if (!problems.isEmpty()) {
            return new LaunchVerdict.Invalid(problems);
        }
        return completedRun == null
                ? new LaunchVerdict.Allowed()
                : new LaunchVerdict.AlreadyDone(
                        "run %d was this purge; give batch=<label>, for example the date, to purge once more"
                                .formatted(completedRun));
    }

    private static List<String> problems(Map<String, String> parameters) {
        List<String> problems = new ArrayList<>();
        Duration age = DurationStyle.SIMPLE.parse(given(parameters, "age"));
        if (age.compareTo(YOUNGEST) < 0 || age.compareTo(OLDEST) > 0) {
            problems.add("parameter 'age' must be from 1d to 36500d: the history of younger runs is still needed");
        }
        long block = Long.parseLong(given(parameters, "blockSize"));
        if (block < 1 || block > LARGEST_BLOCK) {
            problems.add(
                    "parameter 'blockSize' must be from 1 to %d instances in one transaction".formatted(LARGEST_BLOCK));
        }
        return problems;
    }

    private static String given(Map<String, String> parameters, String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }
}
