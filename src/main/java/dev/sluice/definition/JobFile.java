package dev.sluice.definition;

import dev.sluice.yaml.CheckedYaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** One job file whose shape is right: what a schema cannot check is checked here. */
final class JobFile {

    private final Path file;
    private final JsonNode content;
    private final List<String> problems = new ArrayList<>();

    private JobFile(Path file, JsonNode content) {
        this.file = file;
        this.content = content;
    }

    static Optional<JobDefinition> read(Path file, JsonNode content, List<String> problems) {
        var jobFile = new JobFile(file, content);
        JobDefinition job = jobFile.definition();
        problems.addAll(jobFile.problems);
        return jobFile.problems.isEmpty() ? Optional.of(job) : Optional.empty();
    }

    private JobDefinition definition() {
        String name = content.path("name").asString();
        if (!(name + ".yaml").equals(file.getFileName().toString())) {
            problem(content.path("name"), "the job is named '%s' but the file is not".formatted(name));
        }
        List<JobParameterDefinition> parameters = new ArrayList<>();
        content.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        Map<String, String> limits = new LinkedHashMap<>();
        content.path("limits").forEachEntry((key, value) -> limits.put(key, value.asString()));
        checkConcurrency(content.path("limits"));
        JsonNode node = content.get("schedule");
        ScheduleNode schedule = node == null ? null : new ScheduleNode(node, this::problem);
        if (schedule != null) {
            parameters.add(ScheduleNode.TICK);
        }
        JobSchedule times = schedule == null ? null : schedule.read();
        var job = new JobDefinition(
                name,
                String.valueOf(file.toAbsolutePath().resolveSibling("").getFileName()),
                content.path("description").asString(),
                content.path("owner").asString(),
                times,
                parameters,
                content.path("tier").asString(),
                duration(content.path("jobTimeout")),
                limits);
        if (schedule != null && times != null) {
            schedule.check(job, times);
        }
        return job;
    }

    private void checkConcurrency(JsonNode limits) {
        JsonNode limit = limits.path(JobDefinition.CONCURRENT_RUNS);
        if (!limit.isMissingNode() && !limit.asString().matches("[1-9]\\d{0,5}")) {
            problem(limit, "'%s' is not a number of runs, at least 1".formatted(limit.asString()));
        }
    }

    private JobParameterDefinition parameter(JsonNode node) {
        List<String> choices = new ArrayList<>();
        node.path("choices").forEach(choice -> choices.add(choice.asString()));
        JsonNode fallback = node.get("default");
        return new JobParameterDefinition(
                node.path("name").asString(),
                ParameterType.valueOf(node.path("type").asString().toUpperCase(Locale.ROOT)),
                node.path("required").asBoolean(false),
                fallback == null ? null : fallback.asString(),
                choices,
                node.path("identifying").asBoolean(true),
                node.path("description").asString());
    }

    private Duration duration(JsonNode node) {
        try {
            return DurationStyle.detectAndParse(node.asString());
        } catch (IllegalArgumentException e) {
            problem(node, "'%s' is not a duration like 30m".formatted(node.asString()));
            return Duration.ZERO;
        }
    }

    private void problem(JsonNode place, String what) {
        problems.add("%s:%d: %s".formatted(file, CheckedYaml.line(place), what));
    }
}
