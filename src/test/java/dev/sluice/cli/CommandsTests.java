package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTests {

    static Stream<String> names() {
        return line().getSubcommands().keySet().stream();
    }

    private static CommandLine line(String... arguments) {
        return Sluice.commandLine(Clock.systemUTC(), arguments);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isCalledAsItSaysItself(String name) {
        CommandLine command = line().getSubcommands().get(name);

        assertThat(command.getCommandSpec()
                        .userObject()
                        .getClass()
                        .getAnnotation(Command.class)
                        .name())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void isTheSameAloneAndAmongAll(String name) {
        CommandLine alone = line(name, "--json");

        assertThat(alone.getSubcommands()).containsOnlyKeys(name);
        assertThat(alone.getSubcommands().get(name).getUsageMessage())
                .isEqualTo(line().getSubcommands().get(name).getUsageMessage());
    }

    @Test
    void allAreKnownWhereNoneComesFirst() {
        assertThat(line("--json", "runs").getSubcommands()).hasSize(17);
        assertThat(line("rnus").getSubcommands()).hasSize(17);
    }
}
