package dev.sluice.launch;

import java.nio.file.Path;

class RepositoryLossOnH2Tests extends RepositoryLossContract {

    @Override
    String url(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("repository") + ";WRITE_DELAY=0;USER=sa";
    }
}
