package dev.sluice.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;

/**
 * A process that executes the commands it reads, one after another, as a shell would start a process for each. A line is
 * the file for the output and the words of a command, with tabs between them; its exit code is then in a file beside that.
 */
public final class RepeatedCommands {

    /** Ends the name of the file with the exit code. */
    public static final String CODE = ".code";

    private RepeatedCommands() {}

    public static void main(String[] arguments) throws IOException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            List<String> words = List.of(line.split("\t", -1));
            execute(Path.of(words.get(0)), words.subList(1, words.size()));
        }
        System.exit(0);
    }

    private static void execute(Path output, List<String> words) throws IOException {
        int code;
        try (var writer = new PrintWriter(
                Files.newBufferedWriter(output, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true)) {
            var line = Sluice.commandLine(Clock.systemUTC());
            line.setOut(writer);
            line.setErr(writer);
            code = line.execute(words.toArray(String[]::new));
        }
        Path fresh = Files.writeString(Path.of(output + ".new"), String.valueOf(code));
        Files.move(fresh, Path.of(output + CODE), StandardCopyOption.ATOMIC_MOVE);
    }
}
