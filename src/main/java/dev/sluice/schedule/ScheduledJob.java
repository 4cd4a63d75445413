package dev.sluice.schedule;

import dev.sluice.definition.JobDefinition;
import dev.sluice.definition.JobParameterDefinition;
import dev.sluice.definition.JobSchedule;
import dev.sluice.definition.ParameterType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job that the clock starts.
 *
 * @param org whose runs the scheduled ones are; null if nobody's
 * @param concurrentRuns how many runs of the job may go on at once
 */
record ScheduledJob(
        String name,
        JobSchedule schedule,
        TickSequence ticks,
        @Nullable String org,
        int concurrentRuns) {

    /** @param schedule of that job */
    static ScheduledJob of(JobDefinition job, JobSchedule schedule) {
        String limit = job.limits().get(JobDefinition.CONCURRENT_RUNS);
        return new ScheduledJob(
                job.name(),
                schedule,
                new TickSequence(schedule.cron(), schedule.zone()),
                job.parameters().stream()
                        .filter(parameter -> parameter.type() == ParameterType.ORG)
                        .map(JobParameterDefinition::name)
                        .map(schedule.parameters()::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                limit == null ? Integer.MAX_VALUE : Integer.parseInt(limit));
    }

    /** What a scheduled start of that tick is given. */
    Map<String, String> parametersFor(Instant tick) {
        Map<String, String> parameters = new LinkedHashMap<>(schedule.parameters());
        parameters.put(JobSchedule.TICK, tick.toString());
        return parameters;
    }
}
