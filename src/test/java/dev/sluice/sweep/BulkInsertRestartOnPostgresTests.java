package dev.sluice.sweep;

import dev.sluice.database.RepositoryTemplate;

class BulkInsertRestartOnPostgresTests extends BulkInsertRestartContract {

    @Override
    int turn() {
        return 1;
    }

    @Override
    String newDatabase(String name) {
        return RepositoryTemplate.copyOnPostgres();
    }
}
