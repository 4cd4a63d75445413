package dev.sluice.sweep;

class BulkInsertRestartOnH2Tests extends BulkInsertRestartContract {

    @Override
    int turn() {
        return 0;
    }

    @Override
    String newDatabase(String name) {
        return "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;USER=sa";
    }
}
