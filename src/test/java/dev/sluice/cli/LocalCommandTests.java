package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandTests {

    private static final int SIGTERM_EXIT = 128 + 15;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private Process server;

    @AfterEach
    void end() throws InterruptedException {
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void servesInItsOwnProcessUntilItIsToldToEnd() throws Exception {
        server = start();

        String ready = firstLine();
        assertThat(ready).startsWith("ready: bigquery=http://127.0.0.1:");
        assertThat(Files.readString(endpoint())).contains(String.valueOf(server.pid()));

        server.destroy();
        assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(SIGTERM_EXIT);
        assertThat(endpoint()).doesNotExist();
        assertThat(folder.resolve("errors.txt")).isEmptyFile();
    }

    @Test
    void writesTheOptionsOfAJavaThatServesBest() throws IOException {
        Path file = folder.resolve("options");

        assertThat(sluice("--java-options-file", file.toString())).isZero();

        List<String> options = Files.readAllLines(file);
        assertThat(options).contains("-Xmx512m", "-Dsluice.home.server=true");
        assertThat(options.get(options.size() - 2)).isEqualTo("-cp");
        assertThat(endpoint()).doesNotExist();
    }

    @Test
    void writesNoneWhenItOnlyHelpsOrRefuses() {
        Path file = folder.resolve("options");

        assertThat(sluice("--help", "--java-options-file", file.toString())).isZero();
        assertThat(sluice("--quota", "--java-options-file", file.toString())).isEqualTo(2);
        assertThat(file).doesNotExist();
    }

    private int sluice(String... further) {
        List<String> words = new ArrayList<>(List.of("local", "--home", home().toString()));
        words.addAll(List.of(further));
        String[] arguments = words.toArray(String[]::new);
        var line = Sluice.commandLine(Clock.systemUTC(), arguments);
        line.setOut(new PrintWriter(Writer.nullWriter()));
        line.setErr(new PrintWriter(Writer.nullWriter()));
        return line.execute(arguments);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsluice.root=" + Path.of("").toAbsolutePath(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.sluice.cli.Sluice",
                        "local",
                        "--home",
                        home().toString())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    private String firstLine() throws Exception {
        BufferedReader output = server.inputReader();
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return String.valueOf(output.readLine());
                    } catch (IOException e) {
                        return String.valueOf(e.getMessage());
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private Path home() {
        return folder.resolve("home");
    }

    private Path endpoint() {
        return home().resolve("server.json");
    }
}
