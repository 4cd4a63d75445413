package dev.sluice.schedule;

import dev.sluice.database.PostgresServer;
import java.nio.file.Path;

class RecoveryOnPostgresTests extends RecoveryContract {

    @Override
    String url(Path folder) {
        return PostgresServer.newDatabase();
    }
}
