package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.launch.ExitCode;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What the README says of settings, exit codes and folders is so. */
class ReadmeTests {

    private static final Pattern SETTING = Pattern.compile("\\| `(sluice\\.[a-z.-]+)` \\| (\\S+) \\|");
    private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\| (\\d) \\| (\\w+)");
    private static final Pattern PATH = Pattern.compile("[`(]((?:scripts|sql|jobs|src)/[\\w/.-]*)[`)]");

    private final String readme;

    ReadmeTests() throws IOException {
        this.readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void namesEverySettingWithItsDefault() throws ClassNotFoundException {
        Map<String, String> settings = new TreeMap<>();
        collect("sluice", Class.forName("dev.sluice.jobs.bulkinsert.BulkInsertProperties"), settings);
        collect("sluice.bigquery", Class.forName("dev.sluice.bigquery.BigQueryProperties"), settings);
        collect("sluice.schedule", Class.forName("dev.sluice.schedule.ScheduleProperties"), settings);
        collect("sluice.bigquery.monitor", Class.forName("dev.sluice.bigquery.monitor.MonitorProperties"), settings);
        collect("sluice.lease", Class.forName("dev.sluice.ledger.LeaseProperties"), settings);

        assertThat(SETTING.matcher(readme)
                        .results()
                        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2))))
                .containsExactlyInAnyOrderEntriesOf(settings);
    }

    private static void collect(String prefix, Class<?> properties, Map<String, String> settings) {
        for (Parameter parameter : properties.getDeclaredConstructors()[0].getParameters()) {
            String key = prefix + "."
                    + parameter.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (parameter.getType().isRecord()) {
                collect(key, parameter.getType(), settings);
                continue;
            }
            DefaultValue value = parameter.getAnnotation(DefaultValue.class);
            settings.put(key, value == null ? "unset" : value.value()[0]);
        }
    }

    @Test
    void namesEveryExitCode() {
        List<String> expected = Arrays.stream(ExitCode.values())
                .map(code -> String.valueOf(code.number()))
                .toList();

        assertThat(EXIT_CODE.matcher(readme).results().map(row -> row.group(1))).containsExactlyElementsOf(expected);
    }

    @Test
    void namesFilesThatAreThere() {
        List<String> paths = PATH.matcher(readme)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(paths)
                .hasSizeGreaterThan(5)
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
    }
}
