package dev.sluice.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProgramsTests {

    private static final int AT_ONCE = 4;
    private static final int ROUNDS = 5;
    private static final int OLD = 20;

    @TempDir
    Path parent;

    private Path jar;

    @BeforeEach
    void build() throws IOException {
        jar = Files.writeString(parent.resolve("sluice.jar"), "first");
        Files.writeString(Files.createDirectory(parent.resolve("lib")).resolve("a.jar"), "library");
    }

    @Test
    void takesTheLibrariesAlong() throws IOException {
        Path program = programs().of(jar);
        Files.delete(parent.resolve("lib").resolve("a.jar"));

        assertThat(program.resolve("lib").resolve("a.jar")).hasContent("library");
    }

    @Test
    void agreesWithWhoeverMakesTheSameAtOnce() throws Exception {
        makeAtOnce("first");

        assertThat(folder()).isDirectoryNotContaining("glob:**/new-*");
    }

    private void makeAtOnce(String content) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        var together = new CyclicBarrier(AT_ONCE);
        try {
            List<Future<Path>> made = Stream.generate(() -> threads.submit(() -> {
                        together.await(10, TimeUnit.SECONDS);
                        return programs().of(jar);
                    }))
                    .limit(AT_ONCE)
                    .toList();
            for (Future<Path> program : made) {
                assertThat(program.get(10, TimeUnit.SECONDS).resolve("sluice.jar"))
                        .hasContent(content);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Or what it calls one build would be another for ever. */
    @Test
    void namesAProgramByWhatItHasCopied() throws Exception {
        ExecutorService builds = Executors.newSingleThreadExecutor();
        var done = new AtomicBoolean();
        Future<?> building = builds.submit(() -> {
            for (int build = 0; !done.get(); build++) {
                Path fresh = Files.writeString(parent.resolve("fresh.jar"), "build " + build);
                Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE);
            }
            return null;
        });
        try {
            for (int i = 0; i < AT_ONCE * ROUNDS; i++) {
                Path program = programs().of(jar);
                assertThat(program).hasFileName(digest(program.resolve("sluice.jar")));
            }
        } finally {
            done.set(true);
            builds.shutdown();
        }
        building.get(10, TimeUnit.SECONDS);
    }

    private static String digest(Path file) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest).substring(0, 16);
    }

    @Test
    void makesAgainWhatAnotherIsDeletingJustNow() throws IOException {
        Path first = programs().of(jar);
        ProgramLock deletion = ProgramLock.alone(first).orElseThrow();
        var waiter = new Waiter(time -> finish(deletion, first), () -> 0);

        assertThat(new ServerPrograms(folder(), waiter).of(jar).resolve("sluice.jar"))
                .hasContent("first");

        assertThat(parent.resolve("gone")).isDirectory();
    }

    private void finish(ProgramLock deletion, Path program) {
        try (deletion) {
            Files.move(program, parent.resolve("gone"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesWhatIsBeingDeletedWithoutAnEnd() throws IOException {
        Path first = programs().of(jar);
        var programs = new ServerPrograms(folder(), new Waiter(time -> {}, () -> 0));
        try (ProgramLock deletion = ProgramLock.alone(first).orElseThrow()) {
            assertThat(deletion).isNotNull();
            assertThatIOException().isThrownBy(() -> programs.of(jar)).withMessageContaining("deleting " + first);
        }
    }

    @Test
    void deletesWhatNobodyHasStartedForAWhile() throws IOException {
        Path first = programs().of(jar);
        age(first);
        Files.writeString(jar, "second");
        Path second = programs().of(jar);
        assertThat(first).doesNotExist();
        Files.writeString(jar, "third");

        programs().of(jar);

        assertThat(second).exists();
    }

    @Test
    void deletesWhatADeathLeftHalfMade() throws IOException {
        Files.createDirectories(folder().resolve("new-1/0123456789abcdef/lib"));
        age(folder().resolve("new-1"));

        Path program = programs().of(jar);

        assertThat(folder().toFile().list())
                .containsExactly(program.getFileName().toString());
    }

    /** Two builds at once: what one deletes must not keep the other from its start. */
    @Test
    void makesOneThoughAnotherDeletesTheSameOnes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < OLD; i++) {
                Files.createDirectories(folder().resolve("old" + i).resolve("lib"));
                age(folder().resolve("old" + i));
            }
            Files.writeString(jar, "build " + round);
            makeAtOnce("build " + round);
            assertThat(folder()).isDirectoryNotContaining("glob:**/{old,new-}*");
        }
    }

    @Test
    void keepsWhatHasBeenStartedAgain() throws IOException {
        Path first = programs().of(jar);
        age(first);
        programs().of(jar);
        Files.writeString(jar, "second");

        programs().of(jar);

        assertThat(first).exists();
    }

    @Test
    void keepsWhatALiveServerHolds() throws IOException {
        Path first = programs().of(jar);
        age(first);
        Files.writeString(jar, "second");
        try (FileChannel server = FileChannel.open(first.resolve("in-use"), StandardOpenOption.READ);
                FileLock lock = server.lock(0, Long.MAX_VALUE, true)) {
            programs().of(jar);

            assertThat(lock.isShared()).isTrue();
            assertThat(first.resolve("sluice.jar")).hasContent("first");
        }
    }

    @Test
    void keepsItToItsOwner() throws IOException {
        Path program = programs().of(jar);

        assertThat(List.of(folder(), program, program.resolve("lib")))
                .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rwx------"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(program.resolve("sluice.jar"))))
                .isEqualTo("rw-------");
    }

    @Test
    void laysDuckDbsLibraryBesideItsDriver() throws IOException, URISyntaxException {
        Path driver = Path.of(DuckDBDriver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(driver, parent.resolve("lib").resolve(driver.getFileName()));

        Path libraries = programs().of(jar).resolve("lib");

        assertThat(libraries).isDirectoryContaining("glob:**/libduckdb_java.so_*");
        try (var zip = new ZipFile(libraries.resolve(driver.getFileName()).toFile())) {
            assertThat(zip.stream())
                    .noneMatch(entry -> entry.getName().startsWith("libduckdb_java"))
                    .anyMatch(entry -> entry.getName().equals("META-INF/services/java.sql.Driver"));
        }
    }

    private Path folder() {
        return parent.resolve("program");
    }

    private ServerPrograms programs() {
        return new ServerPrograms(folder());
    }

    private static void age(Path program) throws IOException {
        Files.setLastModifiedTime(program, FileTime.from(Instant.EPOCH));
    }
}
