package dev.sluice.jobs.retention;

import dev.sluice.database.PostgresServer;
import java.nio.file.Path;

class PurgeOnPostgresTests extends PurgeContract {

    @Override
    String url(Path folder) {
        return PostgresServer.newDatabase();
    }
}
