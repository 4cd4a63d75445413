package dev.sluice.sweep;

import dev.sluice.database.PostgresServer;

class BulkInsertRestartOnPostgresTests extends BulkInsertRestartContract {

    @Override
    int turn() {
        return 1;
    }

    @Override
    String newDatabase(String name) {
        return PostgresServer.newDatabase();
    }
}
