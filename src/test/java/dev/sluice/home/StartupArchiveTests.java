package dev.sluice.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupArchiveTests {

    /** Above every pid that a kernel gives. */
    private static final long NOBODY = 1L << 40;

    private static final String OF_JAVA = "94001000-94d95000 rw-p 00001000 fe:00 1 /opt/java/lib/server/classes.jsa";

    @TempDir
    Path program;

    private StartupArchive archive;
    private List<String> options;

    @BeforeEach
    void make() throws IOException {
        archive = StartupArchive.in(program);
        archive.make(fresh -> Files.writeString(fresh, "archive"));
        options = archive.options(true);
    }

    @Test
    void deletesWhatJavaRefuses() throws IOException {
        archive.deleteIfRefused(options, List.of(OF_JAVA));

        assertThat(archives()).isEmpty();
        assertThat(archive.options(true)).contains("-XX:+RecordDynamicDumpInfo");
    }

    @Test
    void keepsWhatJavaHasTaken() throws IOException {
        String taken =
                OF_JAVA.replaceFirst("/.*", archives().get(0).toRealPath().toString());

        archive.deleteIfRefused(options, List.of(OF_JAVA, taken));

        assertThat(archives()).hasSize(1);
    }

    @Test
    void keepsWhatThisProcessWasNotToTake() throws IOException {
        archive.deleteIfRefused(List.of(), List.of(OF_JAVA));
        archive.deleteIfRefused();

        assertThat(archives()).hasSize(1);
    }

    @Test
    void blamesNoArchiveIfThisJavaTakesNone() throws IOException {
        archive.deleteIfRefused(options, List.of());

        assertThat(archives()).hasSize(1);
    }

    @Test
    void deletesWhatDeadProcessesLeftHalfMade() throws IOException {
        Path made = archives().get(0);
        Path dead = Files.writeString(Path.of(made + "." + NOBODY), "half");
        Path alive =
                Files.writeString(Path.of(made + "." + ProcessHandle.current().pid()), "half");

        archive.make(fresh -> Files.writeString(fresh, "another"));

        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
        assertThat(made).hasContent("archive");
    }

    /** Java compares paths, too. */
    @Test
    void isAnotherOneForTheSameProgramElsewhere(@TempDir Path elsewhere) throws IOException {
        Path moved = Files.move(program, elsewhere.resolve("moved"));

        assertThat(StartupArchive.in(moved).options(true)).contains("-XX:+RecordDynamicDumpInfo");
        Files.createDirectories(program);
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(program)) {
            return files.toList();
        }
    }
}
