package dev.sluice.definition;

import dev.sluice.yaml.CheckedYaml;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.scheduling.support.CronExpression;
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
        return new JobDefinition(
                name,
                String.valueOf(file.toAbsolutePath().resolveSibling("").getFileName()),
                content.path("description").asString(),
                content.path("owner").asString(),
                schedule(),
                parameters,
                content.path("tier").asString(),
                duration(content.path("jobTimeout")),
                limits);
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

    private @Nullable JobSchedule schedule() {
        JsonNode node = content.get("schedule");
        if (node == null) {
            return null;
        }
        String cron = node.path("cron").asString();
        if (!CronExpression.isValidExpression(cron)) {
            problem(node.path("cron"), "'%s' is not a cron expression of six fields".formatted(cron));
        }
        String zone = node.path("zone").asString("UTC");
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            problem(node.path("zone"), "unknown time zone '%s'".formatted(zone));
        }
        return new JobSchedule(
                cron,
                zone,
                node.path("misfire").asString("run-latest"),
                node.path("overlap").asString("forbid"));
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
