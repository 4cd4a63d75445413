package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.home.HomeFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTests {

    private static final String OPTIONS = "sluice.home.java-options";

    @Test
    void givesTheHomeServersJavaWhatTheSettingsSayBehindItsOwn(@TempDir Path folder) throws IOException {
        System.setProperty(OPTIONS, " -Xmx2g  -Da=b ");
        try {
            List<String> command =
                    Repository.serverProcess(new CommonOptions()).command(HomeFolder.open(folder.resolve("home")));
            assertThat(command).contains("-Da=b").doesNotContain("");
            assertThat(command.indexOf("-Xmx2g")).isGreaterThan(command.indexOf("-Xmx512m"));
        } finally {
            System.clearProperty(OPTIONS);
        }
    }
}
