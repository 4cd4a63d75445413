package dev.sluice.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.definition.JobSchedule.Misfire;
import dev.sluice.definition.JobSchedule.Overlap;
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
            schedule: {cron: "0 0 3 * * *", zone: Europe/Berlin, parameters: {org: acme_1, rows: 3}}
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
        assertThat(job.schedule())
                .isEqualTo(new JobSchedule(
                        "0 0 3 * * *",
                        "Europe/Berlin",
                        Misfire.RUN_LATEST,
                        Overlap.FORBID,
                        Map.of("org", "acme_1", "rows", "3")));
        assertThat(job.limits()).containsEntry("unit", "8MB").containsEntry("maxRejects", "0");
        assertThat(job.parameters()).hasSize(9).last().satisfies(tick -> {
            assertThat(tick.name()).isEqualTo("tick");
            assertThat(tick.identifying()).isTrue();
        });
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
    void namesEveryFaultOfASchedule() throws IOException {
        write("never", GOOD.replace("name: copy", "name: never").replace("0 0 3 * * *", "0 0 0 30 2 *"));
        write("five", GOOD.replace("name: copy", "name: five").replace("0 0 3 * * *", "0 3 * * *"));
        write("zone", GOOD.replace("name: copy", "name: zone").replace("Europe/Berlin", "Europe/Berlinn"));
        write("given", GOOD.replace("name: copy", "name: given").replace("{org: acme_1, rows: 3}", "{rows: many}"));
        write("ours", GOOD.replace("name: copy", "name: ours").replace("name: day", "name: tick"));
        write("theirs", GOOD.replace("name: copy", "name: theirs").replace("rows: 3", "tick: now"));
        write("limit", GOOD.replace("name: copy", "name: limit").replace("maxRejects: 0", "concurrentRuns: 0"));
        Files.createDirectories(root.resolve("jobs/other"));
        write("copy", GOOD);
        Files.copy(root.resolve("jobs/family/copy.yaml"), root.resolve("jobs/other/copy.yaml"));

        InvalidJobFiles failure = catchThrowableOfType(InvalidJobFiles.class, () -> YamlJobDefinitions.load(root));

        assertThat(failure.getMessage().lines())
                .anyMatch(line -> line.contains("never.yaml:6:") && line.contains("never fires"))
                .anyMatch(line -> line.contains("five.yaml:6:") && line.contains("second minute hour"))
                .anyMatch(line -> line.contains("zone.yaml:6:") && line.contains("did you mean 'Europe/Berlin'"))
                .anyMatch(line -> line.contains("given.yaml:6:") && line.contains("'org' is required"))
                .anyMatch(line -> line.contains("given.yaml:6:") && line.contains("whole number"))
                .anyMatch(line -> line.contains("ours.yaml:6:") && line.contains("another name"))
                .anyMatch(line -> line.contains("theirs.yaml:6:") && line.contains("leave it out"))
                .anyMatch(line -> line.contains("limit.yaml:7:") && line.contains("at least 1"))
                .anyMatch(line -> line.contains("other/copy.yaml:1:") && line.contains("names are unique"));
    }

    @Test
    void makesTicksCanonical() throws IOException {
        JobDefinition job = load(GOOD);

        assertThat(JobArguments.of(job, Map.of("org", "acme_1", "tick", "2026-03-29T01:30:00.7Z"), root)
                        .values())
                .containsEntry("tick", "2026-03-29T01:30:00Z");
        assertThat(JobArguments.of(job, Map.of("org", "acme_1", "tick", "today"), root)
                        .problems())
                .singleElement()
                .asString()
                .contains("2026-11-24T03:00:00Z");
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
