package dev.sluice.definition;

import dev.sluice.yaml.CheckedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The job files of a checkout. Immutable. */
public final class YamlJobDefinitions implements JobDefinitions {

    private final Map<String, JobDefinition> jobs;

    private YamlJobDefinitions(Map<String, JobDefinition> jobs) {
        this.jobs = jobs;
    }

    /**
     * Reads {@code jobs/<family>/<job>.yaml}.
     *
     * @param root the checkout
     * @throws InvalidJobFiles with every problem of every file
     */
    public static YamlJobDefinitions load(Path root) {
        Path folder = root.resolve("jobs");
        List<String> problems = new ArrayList<>();
        Map<String, JobDefinition> jobs = new TreeMap<>();
        try {
            var yaml = new CheckedYaml(folder.resolve("job.schema.json"));
            for (Path file : files(folder)) {
                yaml.read(file, problems)
                        .flatMap(content -> JobFile.read(file, content, problems))
                        .ifPresent(job -> {
                            if (jobs.put(job.name(), job) != null) {
                                problems.add(
                                        "%s:1: another file has the job name '%s' too; names are unique over all families"
                                                .formatted(file, job.name()));
                            }
                        });
            }
        } catch (IOException e) {
            problems.add(folder + ": cannot be read; run from the checkout or give its folder");
        }
        if (!problems.isEmpty()) {
            throw new InvalidJobFiles(problems);
        }
        return new YamlJobDefinitions(jobs);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> tree = Files.find(
                folder,
                2,
                (path, attributes) ->
                        attributes.isRegularFile() && path.toString().endsWith(".yaml"))) {
            return tree.sorted().toList();
        }
    }

    @Override
    public List<JobDefinition> all() {
        return List.copyOf(jobs.values());
    }

    @Override
    public Optional<JobDefinition> find(String name) {
        return Optional.ofNullable(jobs.get(name));
    }
}
