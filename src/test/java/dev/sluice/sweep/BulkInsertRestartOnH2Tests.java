package dev.sluice.sweep;

import dev.sluice.database.RepositoryTemplate;

class BulkInsertRestartOnH2Tests extends BulkInsertRestartContract {

    @Override
    int turn() {
        return 0;
    }

    @Override
    String newDatabase(String name) {
        return RepositoryTemplate.copyOnH2(name);
    }
}
