package dev.sluice.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProgramTests {

    @TempDir
    Path parent;

    private final AtomicInteger pauses = new AtomicInteger();
    private final Waiter waiter = new Waiter(time -> pauses.incrementAndGet(), () -> 0);
    private Path program;

    @BeforeEach
    void make() throws IOException {
        Path jar = Files.writeString(parent.resolve("sluice.jar"), "first");
        Files.createDirectory(parent.resolve("lib"));
        program = new ServerPrograms(parent.resolve("program")).of(jar);
        Files.setLastModifiedTime(program, FileTime.from(Instant.EPOCH));
    }

    @Test
    void keepsOthersFromDeletingIt() throws IOException {
        var unused = new UnusedPrograms(program.getParent());
        ServerProgram held = ServerProgram.hold(program, waiter);

        unused.delete(Instant.EPOCH.plusSeconds(1));
        assertThat(program).exists();

        held.close();
        unused.delete(Instant.EPOCH.plusSeconds(1));
        assertThat(program).doesNotExist();
    }

    @Test
    void waitsForWhoLooksWhetherToDeleteIt() throws IOException {
        ProgramLock look = ProgramLock.alone(program).orElseThrow();
        var patient = new Waiter(time -> close(look), () -> 0);

        try (ServerProgram held = ServerProgram.hold(program, patient)) {
            assertThat(held).isNotNull();
            assertThat(ProgramLock.alone(program)).isEmpty();
        }
    }

    private static void close(ProgramLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void runsUnheldIfAnotherNeverLetsGo() throws IOException {
        try (ProgramLock look = ProgramLock.alone(program).orElseThrow()) {
            assertThat(look).isNotNull();

            assertThatCode(() -> ServerProgram.hold(program, waiter).close()).doesNotThrowAnyException();
        }
        assertThat(pauses).hasValueBetween(10, 1_000);
    }

    /** A link to itself, which nobody can open, stands for a file system without locks. */
    @Test
    void runsUnheldWhereThereAreNoLocks() throws IOException {
        Path lock = program.resolve(ProgramLock.FILE);
        Files.delete(lock);
        Files.createSymbolicLink(lock, lock);

        assertThatCode(() -> ServerProgram.hold(program, waiter).close()).doesNotThrowAnyException();
        assertThat(new ServerPrograms(program.getParent()).of(parent.resolve("sluice.jar")))
                .isEqualTo(program);
    }

    @Test
    void doesNotRunWhatHasBeenDeleted() {
        Path deleted = parent.resolve("program").resolve("0");

        assertThatIOException()
                .isThrownBy(() -> ServerProgram.hold(deleted, waiter))
                .withMessageContaining(deleted + " has been deleted");
    }
}
