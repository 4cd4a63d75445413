package dev.sluice.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerClassPathTests {

    @TempDir
    Path parent;

    private HomeFolder folder;
    private Path jar;

    @BeforeEach
    void build() throws IOException {
        folder = HomeFolder.open(parent.resolve("home"));
        jar = parent.resolve("sluice.jar");
        Files.writeString(jar, "first");
        Files.createDirectory(parent.resolve("lib"));
    }

    @Test
    void copiesOurJarSoThatABuildMayOverwriteIt() throws IOException {
        Path copy = copyOf(options());
        Files.writeString(jar, "another");

        assertThat(copy).hasContent("first");
        assertThat(copy.getParent()).hasParent(parent.resolve("program"));
        assertThat(copyOf(options())).hasContent("another");
    }

    @Test
    void copiesToTheHomeFolderWhatItMayNotCopyToTheCheckout() throws IOException {
        Files.writeString(parent.resolve("program"), "in the way");

        assertThat(copyOf(options()))
                .hasContent("first")
                .hasParent(folder.path().resolve("program"));
        assertThat(options()).hasSize(2).last(STRING).endsWith(File.pathSeparator + parent.resolve("lib") + "/*");
    }

    @Test
    void keepsOneCopyPerHomeFolder() throws IOException {
        Files.writeString(parent.resolve("program"), "in the way");
        Path copy = copyOf(options());
        assertThat(copyOf(options())).isEqualTo(copy);
        Files.writeString(jar, "secon");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1));

        assertThat(copyOf(options())).hasContent("secon");
        assertThat(copy).doesNotExist();
    }

    @Test
    void usesTheStartupArchiveOnceItIsThere() throws IOException {
        List<String> before = options();
        Path program = copyOf(before).getParent();
        assertThat(before).containsExactly("-Dsluice.home.program=" + program, "-cp", program + "/sluice.jar");
        assertThat(StartupArchive.in(program).options(true)).contains("-XX:+RecordDynamicDumpInfo");

        StartupArchive.in(program).make(file -> Files.writeString(file, "archive"));

        assertThat(StartupArchive.in(program).options(true)).doesNotContain("-XX:+RecordDynamicDumpInfo");
        assertThat(options()).anyMatch(option -> option.startsWith("-XX:SharedArchiveFile=" + program + "/classes-"));
    }

    @Test
    void doesNotUseAnArchiveThatWasNotMadeToItsEnd() throws IOException {
        Path program = copyOf(options()).getParent();

        assertThatIOException()
                .isThrownBy(() -> StartupArchive.in(program).make(file -> {
                    Files.writeString(file, "half");
                    throw new IOException("no space left");
                }));

        assertThat(StartupArchive.in(program).options(true)).contains("-XX:+RecordDynamicDumpInfo");
        assertThat(program).isDirectoryNotContaining("glob:**/classes-*");
    }

    @Test
    void takesAnyOtherClassPathAsItIs() throws IOException {
        String classes = new File("classes").getAbsolutePath();

        assertThat(options("classes" + File.pathSeparator + jar))
                .containsExactly("-cp", classes + File.pathSeparator + jar);
        assertThat(options("classes")).containsExactly("-cp", classes);
    }

    private List<String> options() throws IOException {
        return options(jar.toString());
    }

    private List<String> options(String own) throws IOException {
        return new ServerClassPath(folder).options(own);
    }

    private static Path copyOf(List<String> options) {
        return Path.of(options.get(options.size() - 1).split(File.pathSeparator)[0]);
    }
}
