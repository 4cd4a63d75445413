package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTablesTests {

    @Test
    void areThereBeforeTheJobRepositoryIsMade(@TempDir Path root) {
        try (var context = LaunchedJobs.start(root, "jdbc:h2:mem:repository-tables;USER=sa")) {
            assertThat(context.getBeanFactory()
                            .getBeanDefinition("jobRepository")
                            .getDependsOn())
                    .contains("repositoryTables");
        }
    }
}
