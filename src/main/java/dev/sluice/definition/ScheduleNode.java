package dev.sluice.definition;

import dev.sluice.definition.JobSchedule.Misfire;
import dev.sluice.definition.JobSchedule.Overlap;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.scheduling.support.CronExpression;
import tools.jackson.databind.JsonNode;

/** The schedule of a job file. */
final class ScheduleNode {

    /** Every job with a schedule takes it, so that a tick can also be started by hand. */
    static final JobParameterDefinition TICK = new JobParameterDefinition(
            JobSchedule.TICK,
            ParameterType.INSTANT,
            false,
            null,
            List.of(),
            true,
            "the scheduled time in UTC for which this run is; the scheduler sets it");

    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final JsonNode node;
    private final BiConsumer<JsonNode, String> problems;

    ScheduleNode(JsonNode node, BiConsumer<JsonNode, String> problems) {
        this.node = node;
        this.problems = problems;
    }

    JobSchedule read() {
        Map<String, String> parameters = new LinkedHashMap<>();
        node.path("parameters").forEachEntry((name, value) -> parameters.put(name, value.asString()));
        return new JobSchedule(
                cron(),
                zone(),
                Misfire.valueOf(constant("misfire", "run-latest")),
                Overlap.valueOf(constant("overlap", "forbid")),
                parameters);
    }

    private String cron() {
        String cron = node.path("cron").asString();
        if (!CronExpression.isValidExpression(cron)) {
            problem(
                    "cron",
                    ("'%s' is not a cron expression of six fields: second minute hour day-of-month month day-of-week,"
                                    + " such as \"0 30 3 * * MON-FRI\"")
                            .formatted(cron));
        } else if (CronExpression.parse(cron).next(ANY_TIME) == null) {
            problem("cron", "'%s' never fires: there is no such day".formatted(cron));
        }
        return cron;
    }

    private String zone() {
        String zone = node.path("zone").asString("UTC");
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            problem(
                    "zone",
                    "unknown time zone '%s'%s; use a name of the IANA database, such as UTC or Europe/Berlin"
                            .formatted(zone, Suggestion.of(zone, ZoneId.getAvailableZoneIds())));
        }
        return zone;
    }

    /** A start by the clock is checked like any other, but when the file is read. */
    void check(JobDefinition job, JobSchedule schedule) {
        if (job.parameters().stream().filter(TICK::sharesNameWith).count() > 1) {
            problem("cron", "a job with a schedule has the parameter 'tick' already; give yours another name");
        }
        if (schedule.parameters().containsKey(JobSchedule.TICK)) {
            problem("parameters", "the parameter 'tick' is set by the scheduler; leave it out");
        }
        JobArguments.of(job, schedule.parameters(), Path.of(""))
                .problems()
                .forEach(what -> problem("parameters", "a scheduled start would be refused: " + what));
    }

    private String constant(String key, String fallback) {
        return node.path(key).asString(fallback).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private void problem(String key, String what) {
        problems.accept(node.has(key) ? node.path(key) : node, what);
    }
}
