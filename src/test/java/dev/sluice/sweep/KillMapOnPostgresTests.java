package dev.sluice.sweep;

import dev.sluice.database.PostgresServer;

class KillMapOnPostgresTests extends KillMapContract {

    @Override
    String newDatabase(String name) {
        return PostgresServer.newDatabase();
    }
}
