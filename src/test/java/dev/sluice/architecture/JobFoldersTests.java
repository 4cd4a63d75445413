package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.definition.JobDefinition;
import dev.sluice.definition.YamlJobDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFoldersTests {

    private static final Path CHECKOUT = Path.of("");

    @TempDir
    private Path root;

    @Test
    void agreeInOurCheckout() {
        assertThat(new JobFolders(CHECKOUT).problems()).isEmpty();
    }

    @Test
    void everyJobFileLoadsAndHasItsCode() {
        assertThat(YamlJobDefinitions.load(CHECKOUT).all())
                .extracting(JobDefinition::name)
                .contains("bulk-insert");
        assertThat(new JobFolders(CHECKOUT).jobsWithoutCode()).isEmpty();
    }

    @Test
    void aJobWithoutCodeIsFound() throws IOException {
        Files.createDirectories(root.resolve("jobs"));
        Files.copy(CHECKOUT.resolve("jobs/job.schema.json"), root.resolve("jobs/job.schema.json"));
        write(
                "jobs/bulk-insert/bulk-insert.yaml",
                Files.readString(CHECKOUT.resolve("jobs/bulk-insert/bulk-insert.yaml")));

        assertThat(new JobFolders(root).jobsWithoutCode()).containsExactly("bulk-insert");
    }

    @Test
    void aCompleteFamilyHasNoProblem() throws IOException {
        plantCompleteFamily();

        assertThat(new JobFolders(root).problems()).isEmpty();
    }

    @Test
    void everyMissingPartIsFound() throws IOException {
        plantCompleteFamily();
        Files.delete(root.resolve("jobs/a-b/README.md"));
        Files.delete(root.resolve("jobs/a-b/a-b.yaml"));
        write("jobs/lonely/README.md", "");
        write("sql/a-b/forgotten.sql", "");
        write("sql/stray/stray.sql", "");
        write("sql/schema/kept.sql", "");
        write("src/main/java/dev/sluice/jobs/other/Other.java", "\"a-b/missing.sql\"");

        assertThat(new JobFolders(root).problems())
                .containsExactlyInAnyOrder(
                        "jobs/a-b has no runbook README.md",
                        "jobs/a-b declares no job",
                        "jobs/lonely declares no job",
                        "jobs/lonely has no package jobs.lonely",
                        "jobs/lonely has no folder sql/lonely",
                        "package jobs.other has no folder in jobs/",
                        "sql/stray has no folder in jobs/",
                        "sql/a-b/forgotten.sql is used by nobody",
                        "sql/stray/stray.sql is used by nobody",
                        "sql/a-b/missing.sql is used but is not there");
    }

    private void plantCompleteFamily() throws IOException {
        write("jobs/a-b/README.md", "");
        write("jobs/a-b/a-b.yaml", "");
        write("sql/a-b/used.sql", "");
        write("src/main/java/dev/sluice/jobs/ab/Ab.java", "\"a-b/used.sql\"");
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
