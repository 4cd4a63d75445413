package dev.sluice.kill;

import dev.sluice.cli.RepeatedCommands;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that executes one command after another, so that what a Java costs to start is paid once. It is paused and
 * killed as any other.
 */
final class Worker implements AutoCloseable {

    private static final long LIMIT_MILLIS = 600_000;
    private static final Pattern ANNOUNCED = Pattern.compile("run (\\d+) (started|resumes)");

    private final Process process;
    private final BufferedWriter commands;

    /** @param process executes what it reads */
    Worker(Process process) {
        this.process = process;
        this.commands = process.outputWriter();
    }

    /** A command that is, or was, executed. */
    record Command(Process process, Path output) {

        String text() throws IOException {
            return Files.exists(output) ? Files.readString(output) : "";
        }

        /** @return the run that it has, or soon will have, announced */
        long awaitRun() throws Exception {
            Waiting.upTo(LIMIT_MILLIS, () -> ANNOUNCED.matcher(text()).find() || endsWithin(0));
            Matcher announced = ANNOUNCED.matcher(text());
            if (!announced.find()) {
                throw new AssertionError("no run was announced: " + text());
            }
            return Long.parseLong(announced.group(1));
        }

        private boolean isOver() {
            return Files.exists(Path.of(output + RepeatedCommands.CODE));
        }

        /** @return whether it ended in time */
        boolean endsWithin(long millis) throws Exception {
            return Waiting.upTo(millis, () -> isOver() || !process.isAlive()) && isOver();
        }

        /** @return the exit code */
        int end() throws Exception {
            if (!endsWithin(LIMIT_MILLIS)) {
                throw new AssertionError("a command did not end within %d ms: %s".formatted(LIMIT_MILLIS, text()));
            }
            return Integer.parseInt(Files.readString(Path.of(output + RepeatedCommands.CODE)));
        }
    }

    /**
     * Begins a command; the one before must have ended.
     *
     * @param output a new file
     */
    Command begin(Path output, List<String> words) throws IOException {
        commands.write(
                Stream.concat(Stream.of(output.toString()), words.stream()).collect(Collectors.joining("\t")));
        commands.newLine();
        commands.flush();
        return new Command(process, output);
    }

    void pause() throws IOException, InterruptedException {
        KillableHome.signal(process, "STOP");
    }

    void goOn() throws IOException, InterruptedException {
        KillableHome.signal(process, "CONT");
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
