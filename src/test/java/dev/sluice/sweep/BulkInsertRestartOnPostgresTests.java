package dev.sluice.sweep;

import dev.sluice.database.PostgresServer;

class BulkInsertRestartOnPostgresTests extends BulkInsertRestartContract {

    @Override
    String newDatabase(String name) {
        return PostgresServer.newDatabase();
    }
}
