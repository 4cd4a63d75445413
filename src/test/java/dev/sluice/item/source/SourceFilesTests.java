package dev.sluice.item.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTests {

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("day/night"));
        for (String name :
                List.of("b.csv", "a.csv", "c.ndjson.gz", "_SUCCESS", ".hidden", "day/d.csv", "day/night/e.csv")) {
            Files.writeString(folder.resolve(name), "x");
        }
    }

    private List<String> found(String source) {
        List<String> problems = new ArrayList<>();
        List<String> names = SourceFiles.find(folder.resolve(source).toString(), problems).stream()
                .map(file -> folder.relativize(file.path()).toString())
                .toList();
        assertThat(problems).isEmpty();
        return names;
    }

    private List<String> problems(String source) {
        List<String> problems = new ArrayList<>();
        assertThat(SourceFiles.find(folder.resolve(source).toString(), problems))
                .isEmpty();
        return problems;
    }

    @Test
    void findsAFileAFolderAndAGlobInTheOrderOfNames() throws IOException {
        assertThat(found("b.csv")).containsExactly("b.csv");
        assertThat(found("day/night")).containsExactly("day/night/e.csv");
        assertThat(found("*.csv")).containsExactly("a.csv", "b.csv");
        assertThat(found("{b,c}.*")).containsExactly("b.csv", "c.ndjson.gz");
        assertThat(found("day/**")).containsExactly("day/d.csv", "day/night/e.csv");
        assertThat(found("**.csv")).containsExactly("a.csv", "b.csv", "day/d.csv", "day/night/e.csv");
        assertThat(found("d*/*.csv")).containsExactly("day/d.csv");
        assertThat(found("_*")).containsExactly("_SUCCESS");
        Files.writeString(folder.resolve("odd[1].csv"), "x");
        assertThat(found("odd[1].csv")).containsExactly("odd[1].csv");
    }

    @Test
    void saysWhatKeepsASourceFromBeingRead() throws IOException {
        assertThat(problems("missing.csv")).singleElement().asString().contains("missing.csv does not exist");
        assertThat(problems("*.xml")).singleElement().asString().contains("matches no file");
        assertThat(problems("nowhere/*.csv")).singleElement().asString().contains("matches no file");
        assertThat(problems("[.csv")).singleElement().asString().contains("is not a glob");
        assertThat(problems("")).singleElement().asString().contains("contains folders, for example day", "**");
        Files.createDirectory(folder.resolve("empty"));
        assertThat(problems("empty")).singleElement().asString().contains("without files");
    }
}
