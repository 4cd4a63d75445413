package dev.sluice.cli;

import dev.sluice.launch.ExitCode;
import dev.sluice.runs.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The start that loads a run's mended rejects. It reads a copy that its content names: mending further and starting
 * again is another instance, and giving the same command twice is the same one.
 *
 * @param run that set rows aside
 * @param folder where copies go
 */
record Redrive(Run run, Path folder) {

    private static final int NAME_LENGTH = 16;
    private static final String TABLE = "table ";

    /** @throws CommandFailure if the run has not ended well, set nothing aside, or its rows cannot be read alone */
    Map<String, String> arguments(@Nullable Path mended) {
        if (!"COMPLETED".equals(run.status())) {
            throw invalid("run %d is %s: restart it first; what it set aside can be loaded once it has completed"
                    .formatted(run.run(), run.status()));
        }
        if (run.rejectFile() == null) {
            throw invalid("run %d set no rows aside".formatted(run.run()));
        }
        Map<String, String> arguments = new TreeMap<>(run.parameters());
        arguments.keySet().removeAll(List.of("maxRejects", "scope", "encoding", "generation"));
        if (isInBigQuery()) {
            arguments.keySet().removeAll(List.of("format", "delimiter", "quote", "header", "nullMarker"));
        }
        // the rows of a scope were replaced when the run published; what was missing then is added to them
        arguments.computeIfPresent("mode", (name, mode) -> mode.equals("replace-scope") ? "merge" : mode);
        arguments.put("redriveOf", String.valueOf(run.run()));
        arguments.put("source", copy(mended).toString());
        return arguments;
    }

    private static CommandFailure invalid(String message) {
        return new CommandFailure(ExitCode.INVALID, message);
    }

    /** Rows that BigQuery has read stay there; what people mend is a file of its own kind. */
    private boolean isInBigQuery() {
        return String.valueOf(run.rejectFile()).startsWith(TABLE);
    }

    private Path copy(@Nullable Path mended) {
        if (isInBigQuery() && mended == null) {
            throw invalid(
                    ("the rejected rows of run %d are in BigQuery, in %s, as it was BigQuery that read them: export the column"
                                    + " 'content', mend it, and give the file of newline-delimited JSON with --file")
                            .formatted(run.run(), run.rejectFile()));
        }
        Path file = mended == null ? Path.of(String.valueOf(run.rejectFile())) : mended;
        try {
            byte[] rows = Files.readAllBytes(file);
            if (rows.length == 0) {
                throw invalid("%s is empty: there is nothing to load".formatted(file));
            }
            byte[] content = mended == null ? withHeader(rows) : rows;
            Path copy = folder.resolve("redrive-%d-%s%s"
                    .formatted(
                            run.run(),
                            digest(content).substring(0, NAME_LENGTH),
                            ending(isInBigQuery() ? file : source())));
            if (!Files.exists(copy)) {
                write(copy, content);
            }
            return copy;
        } catch (IOException e) {
            throw invalid("cannot read %s: %s".formatted(file, e.getMessage()));
        }
    }

    /** Appears whole or not at all, and for its owner alone. */
    private static void write(Path copy, byte[] content) throws IOException {
        Path fresh = Files.createTempFile(
                copy.getParent(),
                "redrive",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, content);
        Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private boolean isCsv() {
        return parameter("format", "auto").equals("csv") || ending().equals(".csv");
    }

    private String parameter(String name, String fallback) {
        return run.parameters().getOrDefault(name, fallback);
    }

    private String ending() {
        return ending(source());
    }

    /** A file's, which tells the format; of nothing compressed. */
    private static String ending(Path file) {
        String name = file.getFileName().toString().replaceAll("\\.(gz|zst)$", "");
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }

    private Path source() {
        return Path.of(parameter("source", ""));
    }

    /** Rows of CSV mean nothing without the header of their file, which a reject file does not have. */
    private byte[] withHeader(byte[] rows) throws IOException {
        if (!isCsv() || parameter("header", "true").equals("false")) {
            return rows;
        }
        byte[] header = header().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(header.length + rows.length)
                .put(header)
                .put(rows)
                .array();
    }

    private String header() throws IOException {
        Path source = source();
        boolean plain = Files.isRegularFile(source)
                && source.toString().endsWith(ending())
                && parameter("encoding", "utf-8").equals("utf-8");
        String line = null;
        if (plain) {
            try (BufferedReader lines = Files.newBufferedReader(source)) {
                line = lines.readLine();
            }
        }
        if (line == null || line.chars().filter(c -> c == '"').count() % 2 != 0) {
            throw invalid(
                    ("the header that the rejected rows need cannot be read from %s: put it above them in a file of"
                                    + " your own and give that with --file")
                            .formatted(source));
        }
        return line + "\n";
    }
}
