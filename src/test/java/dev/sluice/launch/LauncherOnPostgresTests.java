package dev.sluice.launch;

import dev.sluice.database.PostgresServer;
import java.nio.file.Path;

class LauncherOnPostgresTests extends LauncherContract {

    @Override
    String url(Path folder) {
        return PostgresServer.newDatabase();
    }
}
