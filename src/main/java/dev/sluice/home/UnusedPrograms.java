package dev.sluice.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of a folder that nobody needs any more, and what is left of those that a death kept from being made. */
final class UnusedPrograms {

    private final Path folder;

    UnusedPrograms(Path folder) {
        this.folder = folder;
    }

    /** Deletes those that nobody holds, or has used since. */
    void delete(Instant since) throws IOException {
        List<Path> programs;
        try (Stream<Path> list = Files.list(folder)) {
            programs = list.toList();
        }
        for (Path program : programs) {
            try {
                synchronized (ProgramLock.TURN) {
                    deleteUnlessHeld(program, since);
                }
            } catch (IOException | UncheckedIOException e) {
                // another process deletes it, or the next one will
            }
        }
    }

    @SuppressWarnings("try") // the lock is held, not used
    private void deleteUnlessHeld(Path program, Instant since) throws IOException {
        if (!Files.exists(program.resolve(ProgramLock.FILE))) {
            deleteUnlessUsed(program, since);
            return;
        }
        Optional<ProgramLock> held = ProgramLock.alone(program);
        if (held.isPresent()) {
            try (var lock = held.get()) {
                deleteUnlessUsed(program, since);
            }
        }
    }

    private void deleteUnlessUsed(Path program, Instant since) throws IOException {
        if (Files.getLastModifiedTime(program).toInstant().isBefore(since)) {
            retire(program);
        }
    }

    /** By one rename, so that what a death leaves of it is never taken for a program. */
    private void retire(Path program) throws IOException {
        Path grave = Files.createTempDirectory(folder, ServerPrograms.TEMPORARY);
        try {
            Files.move(program, grave.resolve(program.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteWhole(grave);
        }
    }

    static void deleteWhole(Path program) throws IOException {
        if (!Files.exists(program)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(program)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
