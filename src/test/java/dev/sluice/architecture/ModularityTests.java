package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.SluiceApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {

    private static final Pattern MARKED = Pattern.compile("@(org\\.jspecify\\.annotations\\.)?NullMarked");
    private static final ApplicationModules MODULES = ApplicationModules.of(SluiceApplication.class);

    @Test
    void packagesUseOnlyWhatTheyDeclare() {
        MODULES.verify();
    }

    @Test
    void everyPackageBelongsToAModuleThatDeclaresWhatItMayUse() {
        assertThat(MODULES.stream().map(module -> module.getIdentifier().toString()))
                .contains("jobs", "jobs.bulkinsert", "item", "bigquery", "launch", "runs", "cli", "local");
        assertThat(topLevelPackages(Path.of("src/main/java/dev/sluice")))
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                        .content()
                        .contains("allowedDependencies"));
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        assertThat(packagesWithoutWords(Path.of("src/main/java"))).isEmpty();
    }

    @Test
    void aPackageWithoutWordsIsFound(@TempDir Path root) throws IOException {
        Path silent = Files.createDirectories(root.resolve("silent"));
        Files.writeString(silent.resolve("A.java"), "package silent;");
        Path open = Files.createDirectories(root.resolve("open"));
        Files.writeString(open.resolve("B.java"), "package open;");
        Files.writeString(open.resolve("package-info.java"), "/** Says something. */\npackage open;");

        assertThat(packagesWithoutWords(root)).containsExactly(open, silent);
    }

    private static List<Path> packagesWithoutWords(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .filter(folder -> !isDescribed(folder.resolve("package-info.java")))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isDescribed(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.startsWith("/**") && MARKED.matcher(text).find();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> topLevelPackages(Path root) {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
