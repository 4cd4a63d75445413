package dev.sluice.local.googlesql;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A process that answers as Google's own GoogleSQL does. One question at a time. */
public final class GoogleReference implements AutoCloseable {

    /** @param type as GoogleSQL writes it */
    public record Column(String name, String type) {}

    /** A result as texts. */
    public record Answer(List<Column> columns, List<List<@Nullable String>> rows) {}

    /** Google does not take a statement, or it fails. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private static final Path LIBRARIES = Path.of("target/googlesql");
    private static final int SECONDS_TO_END = 10;

    private final Path log;
    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;

    /** Why it cannot be asked here, or nothing. */
    public static String unavailable() {
        boolean native64 = System.getProperty("os.name").startsWith("Linux")
                && System.getProperty("os.arch").equals("amd64");
        if (!native64) {
            return "Google's SQL analyzer runs on Linux x86-64 only: NOT asked";
        }
        return Files.isDirectory(LIBRARIES) ? "" : "target/googlesql is missing, which Maven fills: NOT asked";
    }

    /** @param folder for what the process says besides */
    public static GoogleReference open(Path folder) {
        try {
            return new GoogleReference(folder.resolve("googlesql.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GoogleReference(Path log) throws IOException {
        this.log = log;
        this.process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        ReferenceProgram.class.getName())
                .redirectError(log.toFile())
                .start();
        this.questions = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
    }

    /** Ours, but for Netty. */
    private static String classPath() {
        String ours = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("netty-"))
                .collect(Collectors.joining(File.pathSeparator));
        return LIBRARIES.resolve("*") + File.pathSeparator + ours;
    }

    /** Makes a table without rows known. */
    public void create(String ddl) {
        ask("create", "", ddl);
    }

    /** Makes a table known that holds what a query answers. */
    public void fill(String table, String query) {
        ask("fill", table, query);
    }

    /** The same, but its first column is its key: what UPDATE and DELETE need, and INSERT does not bear. */
    public void fillKeyed(String table, String query) {
        ask("fill-keyed", table, query);
    }

    /** Makes a parameter known. */
    public void declare(String name, String type) {
        ask("declare", name, type);
    }

    /** Names and types of what a statement answers; nothing if it is no query. */
    public List<Column> columns(String sql) {
        return columns(ask("columns", "", sql));
    }

    /**
     * Asks for what a query answers.
     *
     * @return waits for the answer, which must be taken before the next question
     */
    public Supplier<Answer> query(String sql) {
        begin("query", "", sql);
        return () -> {
            List<@Nullable String> answer = answer(sql);
            List<Column> columns = columns(answer);
            return new Answer(columns, rows(answer.subList(1 + 2 * columns.size(), answer.size()), columns.size()));
        };
    }

    /**
     * Asks for a table's rows after DML, in the order of its first column, which must be unique.
     *
     * @return waits for the rows, which must be taken before the next question
     */
    public Supplier<List<List<@Nullable String>>> modify(String table, int width, String sql) {
        begin("modify", table, sql);
        return () -> rows(answer(sql), width);
    }

    private static List<Column> columns(List<@Nullable String> answer) {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= 2 * Integer.parseInt(String.valueOf(answer.get(0))); i += 2) {
            columns.add(new Column(String.valueOf(answer.get(i)), String.valueOf(answer.get(i + 1))));
        }
        return columns;
    }

    private static List<List<@Nullable String>> rows(List<@Nullable String> cells, int width) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int i = 0; i < cells.size(); i += width) {
            rows.add(cells.subList(i, i + width));
        }
        return rows;
    }

    private List<@Nullable String> ask(String verb, String name, String sql) {
        begin(verb, name, sql);
        return answer(sql);
    }

    private void begin(String verb, String name, String sql) {
        try {
            Frames.write(questions, List.of(verb, name, sql));
        } catch (IOException e) {
            throw ended(sql, e);
        }
    }

    private List<@Nullable String> answer(String sql) {
        List<@Nullable String> answer;
        try {
            answer = Frames.read(answers);
        } catch (IOException e) {
            throw ended(sql, e);
        }
        if (!"ok".equals(answer.get(0))) {
            throw new Refused(String.valueOf(answer.get(1)));
        }
        return answer.subList(1, answer.size());
    }

    private IllegalStateException ended(String sql, IOException e) {
        return new IllegalStateException("Google's process has ended at: %s%n%s".formatted(sql, lastWords()), e);
    }

    private String lastWords() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "and left no log: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        try {
            questions.close();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
