package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/sluice} in a checkout whose Java is a script that notes how it is called. */
class StartScriptTests {

    private static final String JAVA = """
            #!/usr/bin/env bash
            here=$(cd "$(dirname "$0")/.." && pwd)
            echo "$*" >>"$here/calls"
            while [[ $# -gt 0 ]]; do
              [[ $1 != --help ]] || exit 0
              [[ $1 != --quota ]] || exit 2
              [[ $1 != --java-options-file ]] || printf '%s\\n' "-Da=b c" -cp "$here/program.jar" >"$2"
              shift
            done
            """;

    @TempDir
    Path root;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectory(root.resolve("target"));
        Files.writeString(root.resolve("target/sluice.jar"), "");
        Files.createDirectories(root.resolve("java/bin"));
        Files.writeString(root.resolve("java/release"), "JAVA_RUNTIME_VERSION=\"17.0.1+1\"\n");
        Files.writeString(root.resolve("java/program.jar"), "");
        Files.writeString(root.resolve("java/bin/java"), JAVA);
        assertThat(root.resolve("java/bin/java").toFile().setExecutable(true)).isTrue();
        Files.createDirectory(root.resolve("scripts"));
        Files.copy(Path.of("scripts/sluice"), root.resolve("scripts/sluice"));
        for (String made : List.of("target/sluice.jar", "java/release")) {
            Files.setLastModifiedTime(root.resolve(made), FileTime.from(Instant.EPOCH));
        }
    }

    @Test
    void asksHowToServeOnceABuild() throws Exception {
        assertThat(sluice(Map.of(), "local", "--quotas")).isZero();
        assertThat(sluice(Map.of(), "local", "--quotas")).isZero();

        List<String> calls = calls();
        assertThat(calls).hasSize(3);
        assertThat(calls.get(0))
                .contains("-jar " + root.resolve("target/sluice.jar") + " local --quotas --java-options");
        assertThat(calls.get(1))
                .startsWith("-Da=b c -cp ")
                .endsWith("-Dsluice.root=" + root + " dev.sluice.cli.Sluice local --quotas");
        assertThat(calls.get(2)).isEqualTo(calls.get(1));
    }

    @Test
    void asksAgainAfterABuildOrWhenTheProgramIsGone() throws Exception {
        sluice(Map.of(), "local");
        Files.setLastModifiedTime(
                root.resolve("target/sluice.jar"), FileTime.from(Instant.now().plusSeconds(60)));
        sluice(Map.of(), "local");
        assertThat(calls()).hasSize(4);

        Files.setLastModifiedTime(root.resolve("target/sluice.jar"), FileTime.from(Instant.EPOCH));
        Files.delete(root.resolve("java/program.jar"));
        sluice(Map.of(), "local");
        assertThat(calls()).hasSize(6);
    }

    @Test
    void keepsNothingWhileTheArchiveIsMade() throws Exception {
        sluice(Map.of("SLUICE_STARTUP_ARCHIVE", "make"), "local");
        sluice(Map.of(), "local");

        assertThat(calls()).hasSize(4);
    }

    @Test
    void servesNothingWhereOnlyHelpIsWantedOrAWordIsWrong() throws Exception {
        assertThat(sluice(Map.of(), "local", "--help")).isZero();
        assertThat(sluice(Map.of(), "local", "--quota")).isEqualTo(2);

        assertThat(calls()).hasSize(2).allMatch(call -> call.contains("-jar"));
        try (var left = Files.list(root.resolve("target"))) {
            assertThat(left).containsExactly(root.resolve("target/sluice.jar"));
        }
    }

    @Test
    void givesTheUsersJavaOptionsBehindItsOwn() throws Exception {
        sluice(Map.of("SLUICE_HOME_JAVAOPTIONS", "-Xmx2g -Dc=d"), "local");

        assertThat(calls().get(1)).containsSubsequence("-Da=b", "-Xmx2g -Dc=d dev.sluice.cli.Sluice local");
    }

    private int sluice(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", root.resolve("scripts/sluice").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", root.resolve("java").toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        builder.environment().putAll(environment);
        Process process =
                builder.redirectOutput(root.resolve("output").toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(root.resolve("java/calls"));
    }
}
