package dev.sluice.launch;

import dev.sluice.database.PostgresServer;
import java.nio.file.Path;

class TakeoverOnPostgresTests extends TakeoverContract {

    @Override
    String url(Path folder) {
        return PostgresServer.newDatabase();
    }
}
