package dev.sluice.cli;

import dev.sluice.definition.ExitHint;
import dev.sluice.home.HomeUnavailable;
import dev.sluice.launch.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one clear line and an exit code; people never see a stack trace. */
final class Failures implements IExecutionExceptionHandler {

    private static final int MAX_CAUSES = 20;

    private final Clock clock;

    Failures(Clock clock) {
        this.clock = clock;
    }

    static int explain(ParameterException problem, String[] arguments) {
        CommandLine line = problem.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(problem.getMessage());
        UnmatchedArgumentException.printSuggestions(problem, err);
        err.printf("See '%s --help'.%n", line.getCommandSpec().qualifiedName());
        err.flush();
        return ExitCode.INVALID.number();
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (problem instanceof CommandFailure failure) {
            return say(
                    err,
                    String.valueOf(problem.getMessage()),
                    failure.exitCode().number());
        }
        if (problem instanceof HomeUnavailable) {
            return say(err, String.valueOf(problem.getMessage()), ExitCode.UNAVAILABLE.number());
        }
        for (Throwable cause : causes(problem)) {
            if (cause instanceof ExitHint hint) {
                return say(err, String.valueOf(cause.getMessage()), hint.exitCode());
            }
        }
        String place = keep(problem);
        if (causes(problem).stream().anyMatch(Failures::isOfTheRepository)) {
            return say(
                    err,
                    "cannot reach or read the job repository; run doctor, then give the command again: what began is"
                            + " resumed; details in " + place,
                    ExitCode.UNAVAILABLE.number());
        }
        return say(err, "unexpected failure; run doctor; details in " + place, ExitCode.FAILED.number());
    }

    private static boolean isOfTheRepository(Throwable cause) {
        return cause instanceof DataAccessException || cause instanceof SQLException;
    }

    private static int say(PrintWriter err, String message, int code) {
        err.println(message);
        err.flush();
        return code;
    }

    private static List<Throwable> causes(Throwable problem) {
        return java.util.stream.Stream.iterate(problem, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES)
                .toList();
    }

    private String keep(Exception problem) {
        String log = System.getProperty("sluice.log.file");
        if (log == null) {
            return "no log: there is no home folder yet (%s)".formatted(problem);
        }
        var text = new java.io.StringWriter();
        text.append(clock.instant().toString()).append(" command failed: ");
        problem.printStackTrace(new PrintWriter(text, true));
        try {
            Files.writeString(Path.of(log), text.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            return "no log: %s cannot be written".formatted(log);
        }
        return log;
    }
}
