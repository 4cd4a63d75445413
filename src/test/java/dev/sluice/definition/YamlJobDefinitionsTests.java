package dev.sluice.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlJobDefinitionsTests {

    private static final String GOOD = """
            name: copy
            description: copies
            owner: tests
            tier: BATCH
            jobTimeout: 30m
            schedule: {cron: "0 0 3 * * *", zone: Europe/Berlin}
            limits: {unit: 8MB, maxRejects: 0}
            parameters:
              - {name: org, type: org, required: true, description: whose}
              - {name: mode, type: choice, choices: [append, merge], default: append, description: how}
              - {name: day, type: date, description: when}
              - {name: rows, type: integer, description: how many}
              - {name: dry, type: boolean, description: whether}
              - {name: source, type: path, description: where}
              - {name: unit, type: size, default: 8MB, identifying: false, description: how big}
              - {name: batch, type: string, description: label}
            """;

    @TempDir
    Path root;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(root.resolve("jobs/family"));
        Files.copy(Path.of("jobs/job.schema.json"), root.resolve("jobs/job.schema.json"));
    }

    @Test
    void readsAJobFile() throws IOException {
        JobDefinition job = load(GOOD);

        assertThat(job.family()).isEqualTo("family");
        assertThat(job.jobTimeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(job.schedule()).isEqualTo(new JobSchedule("0 0 3 * * *", "Europe/Berlin", "run-latest", "forbid"));
        assertThat(job.limits()).containsEntry("unit", "8MB").containsEntry("maxRejects", "0");
        assertThat(job.parameters()).hasSize(8);
    }

    @Test
    void namesFileLineAndWhatIsAllowedForAllProblemsOfAllFiles() throws IOException {
        write("copy", GOOD.replace("owner: tests", "owner: tests\nownr: me").replace("tier: BATCH", "tier: SOON"));
        write(
                "cron",
                GOOD.replace("name: copy", "name: cron")
                        .replace("0 0 3 * * *", "daily")
                        .replace("Europe/Berlin", "Mars/Base"));
        write("key", GOOD.replace("name: copy", "name: key").replace("required: true", "identfying: true"));
        write("broken", "name: [");
        write("type", GOOD.replace("name: copy", "name: type").replace("required: true", "required: maybe"));

        InvalidJobFiles failure = catchThrowableOfType(InvalidJobFiles.class, () -> YamlJobDefinitions.load(root));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.getMessage().lines())
                .anyMatch(line -> line.contains("copy.yaml:4:")
                        && line.contains("ownr")
                        && line.contains("allowed: name, description, owner, schedule"))
                .anyMatch(
                        line -> line.contains("key.yaml:9:") && line.contains("identfying") && line.contains("choices"))
                .anyMatch(line -> line.contains("copy.yaml:5:") && line.contains("BATCH") && line.contains("USER"))
                .anyMatch(line -> line.contains("cron.yaml:6:") && line.contains("'daily'"))
                .anyMatch(line -> line.contains("cron.yaml:6:") && line.contains("'Mars/Base'"))
                .anyMatch(line -> line.contains("type.yaml:9:") && line.contains("boolean"))
                .anyMatch(line -> line.contains("broken.yaml:") && line.contains("not valid YAML"));
    }

    @Test
    void makesValuesCanonical() throws IOException {
        JobArguments arguments = JobArguments.of(
                load(GOOD),
                Map.of("org", "acme_1", "source", "../a,b=c/ü.csv", "rows", "007", "dry", "true", "day", "2026-02-28"),
                Path.of("/data/in"));

        assertThat(arguments.problems()).isEmpty();
        assertThat(arguments.values())
                .containsOnly(
                        Map.entry("org", "acme_1"),
                        Map.entry("mode", "append"),
                        Map.entry("day", "2026-02-28"),
                        Map.entry("rows", "7"),
                        Map.entry("dry", "true"),
                        Map.entry("source", "/data/a,b=c/ü.csv"),
                        Map.entry("unit", "8388608"));
    }

    @Test
    void reportsEveryFaultOfTheArguments() throws IOException {
        JobArguments arguments = JobArguments.of(
                load(GOOD),
                Map.of(
                        "org",
                        "Acme",
                        "mode",
                        "replace",
                        "day",
                        "2026-02-30",
                        "rows",
                        "many",
                        "dry",
                        "yes",
                        "unit",
                        "-1",
                        "bacth",
                        "x"),
                Path.of("/"));

        assertThat(arguments.problems())
                .hasSize(7)
                .anyMatch(problem -> problem.contains("did you mean 'batch'"))
                .anyMatch(problem -> problem.contains("append, merge"));
    }

    private JobDefinition load(String yaml) throws IOException {
        write("copy", yaml);
        return YamlJobDefinitions.load(root).find("copy").orElseThrow();
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(root.resolve("jobs/family/" + name + ".yaml"), yaml);
    }
}
