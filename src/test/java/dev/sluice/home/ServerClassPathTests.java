package dev.sluice.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
        Path copy = copyOf(classPath());
        Files.writeString(jar, "another");

        assertThat(copy).hasContent("first").hasParent(folder.path().resolve("program"));
        assertThat(classPath()).endsWith(File.pathSeparator + parent.resolve("lib") + "/*");
    }

    @Test
    void copiesEachBuildOnceAndKeepsTheLastOne() throws IOException {
        Path copy = copyOf(classPath());
        assertThat(copyOf(classPath())).isEqualTo(copy);
        Files.writeString(jar, "secon");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1));

        assertThat(copyOf(classPath())).hasContent("secon");
        assertThat(copy).doesNotExist();
    }

    @Test
    void takesAnyOtherClassPathAsItIs() throws IOException {
        String classes = new File("classes").getAbsolutePath();

        assertThat(new ServerClassPath(folder).of("classes" + File.pathSeparator + jar))
                .isEqualTo(classes + File.pathSeparator + jar);
        assertThat(new ServerClassPath(folder).of("classes")).isEqualTo(classes);
    }

    private String classPath() throws IOException {
        return new ServerClassPath(folder).of(jar.toString());
    }

    private static Path copyOf(String classPath) {
        return Path.of(classPath.split(File.pathSeparator)[0]);
    }
}
