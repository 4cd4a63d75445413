package dev.sluice.architecture;

import dev.sluice.definition.JobDefinition;
import dev.sluice.definition.YamlJobDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One word finds three folders: {@code jobs/a-b}, {@code sql/a-b} and package {@code jobs.ab}. */
record JobFolders(Path root) {

    private static final Set<String> NOT_FAMILIES = Set.of("schema", "jobrepository");
    private static final Pattern SQL_REFERENCE = Pattern.compile("\"([a-z0-9-]+/[a-z0-9_-]+\\.sql)\"");

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> families = folders(root.resolve("jobs"));
        Set<String> packages = folders(root.resolve("src/main/java/dev/sluice/jobs"));
        Set<String> statements = folders(root.resolve("sql"));
        statements.removeAll(NOT_FAMILIES);
        for (String family : families) {
            checkFamily(family, packages, statements, problems);
        }
        packages.removeIf(
                name -> families.stream().anyMatch(family -> packageOf(family).equals(name)));
        packages.forEach(name -> problems.add("package jobs." + name + " has no folder in jobs/"));
        statements.removeAll(families);
        statements.forEach(name -> problems.add("sql/" + name + " has no folder in jobs/"));
        checkStatements(problems);
        return problems;
    }

    private void checkFamily(String family, Set<String> packages, Set<String> statements, List<String> problems) {
        Path folder = root.resolve("jobs").resolve(family);
        if (!Files.isRegularFile(folder.resolve("README.md"))) {
            problems.add("jobs/" + family + " has no runbook README.md");
        }
        if (files(folder, ".yaml").isEmpty()) {
            problems.add("jobs/" + family + " declares no job");
        }
        if (!packages.contains(packageOf(family))) {
            problems.add("jobs/" + family + " has no package jobs." + packageOf(family));
        }
        if (!statements.contains(family)) {
            problems.add("jobs/" + family + " has no folder sql/" + family);
        }
    }

    private static String packageOf(String family) {
        return family.replace("-", "");
    }

    private void checkStatements(List<String> problems) {
        Set<String> written = new TreeSet<>();
        for (Path file : files(root.resolve("sql"), ".sql")) {
            String name = root.resolve("sql").relativize(file).toString().replace('\\', '/');
            if (!NOT_FAMILIES.contains(name.substring(0, name.indexOf('/')))) {
                written.add(name);
            }
        }
        Set<String> used = SQL_REFERENCE
                .matcher(sources(root.resolve("src/main/java")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        written.stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> problems.add("sql/" + name + " is used by nobody"));
        used.stream()
                .filter(name -> !Files.isRegularFile(root.resolve("sql").resolve(name)))
                .forEach(name -> problems.add("sql/" + name + " is used but is not there"));
    }

    /** Jobs whose file loads but whose family's code never mentions the name. */
    List<String> jobsWithoutCode() {
        return YamlJobDefinitions.load(root).all().stream()
                .map(JobDefinition::name)
                .filter(name ->
                        !sources(root.resolve("src/main/java/dev/sluice/jobs")).contains('"' + name + '"'))
                .toList();
    }

    private static Set<String> folders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new TreeSet<>();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String sources(Path folder) {
        return files(folder, ".java").stream().map(JobFolders::read).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
