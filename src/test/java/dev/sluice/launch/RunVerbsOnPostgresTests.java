package dev.sluice.launch;

import dev.sluice.database.PostgresServer;
import java.nio.file.Path;

class RunVerbsOnPostgresTests extends RunVerbsContract {

    @Override
    String url(Path folder) {
        return PostgresServer.newDatabase();
    }
}
