package dev.sluice.jobs.retention;

import java.nio.file.Path;

class PurgeOnH2Tests extends PurgeContract {

    @Override
    String url(Path folder) {
        return "jdbc:h2:mem:purge;DB_CLOSE_DELAY=-1;USER=sa";
    }
}
