package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class CommonOptionsTests {

    private static CommonOptions parsed(String line) {
        CommandLine sluice = Sluice.commandLine(Clock.systemUTC());
        ParseResult result = sluice.parseArgs(line.split(" "));
        while (result.hasSubcommand()) {
            result = result.subcommand();
        }
        return (CommonOptions) result.commandSpec().mixins().get("options").userObject();
    }

    @ParameterizedTest
    @CsvSource({
        "--home /a runs, /a, false",
        "runs --home /a, /a, false",
        "--home /a runs --home /b, /b, false",
        "--home /a plan restart 7, /a, false",
        "--json --home /a plan restart 7 --home /b, /b, true",
        "--home /a local, /a, false",
        "--home /a stop 7 --reason because, /a, false",
    })
    void areTakenBeforeTheCommandAndBehindIt(String line, Path home, boolean json) {
        assertThat(parsed(line).homePath()).isEqualTo(home);
        assertThat(parsed(line).json()).isEqualTo(json);
    }
}
