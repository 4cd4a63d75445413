package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import picocli.CommandLine;

/** The examples of {@code scripts/cron} say what the command understands. */
class CronKitTests {

    private static final Path KIT = Path.of("scripts/cron");
    private static final Pattern CALL =
            Pattern.compile("^(?:ExecStart=|\\* \\* \\* \\* \\* )/opt/sluice/scripts/sluice (.*)$");

    @Test
    void callsCommandsThatAreThere() {
        List<String> calls = lines().stream()
                .map(CALL::matcher)
                .filter(Matcher::matches)
                .map(call -> call.group(1).replace(">/dev/null", "").strip())
                .toList();

        assertThat(calls).containsExactlyInAnyOrder("tick", "tick", "serve");
        for (String call : calls) {
            CommandLine.ParseResult parsed =
                    Sluice.commandLine(Clock.systemUTC()).parseArgs(call.split(" ", -1));
            assertThat(parsed.hasSubcommand()).as(call).isTrue();
        }
    }

    @Test
    void letsKubernetesStartTicksThatMayMeetAndAreNotRepeated() throws IOException {
        PropertySource<?> job = new YamlPropertySourceLoader()
                .load("cron job", new FileSystemResource(KIT.resolve("kubernetes.yaml")))
                .get(0);

        String container = "spec.jobTemplate.spec.template.spec.containers[0].command[%d]";
        List<String> words = new ArrayList<>();
        for (int i = 1; job.getProperty(container.formatted(i)) != null; i++) {
            words.add(String.valueOf(job.getProperty(container.formatted(i))));
        }
        assertThat(Sluice.commandLine(Clock.systemUTC())
                        .parseArgs(words.toArray(String[]::new))
                        .hasSubcommand())
                .isTrue();
        assertThat(job.getProperty("spec.timeZone")).isEqualTo("Etc/UTC");
        assertThat(job.getProperty("spec.jobTemplate.spec.backoffLimit")).isEqualTo(0);
    }

    private static List<String> lines() {
        try (Stream<Path> files = Files.list(KIT)) {
            return files.sorted().flatMap(CronKitTests::lines).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
