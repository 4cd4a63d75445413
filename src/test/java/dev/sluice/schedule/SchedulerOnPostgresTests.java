package dev.sluice.schedule;

import dev.sluice.database.PostgresServer;
import java.nio.file.Path;

class SchedulerOnPostgresTests extends SchedulerContract {

    @Override
    String url(Path folder) {
        return PostgresServer.newDatabase();
    }
}
