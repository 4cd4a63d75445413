package dev.sluice.sweep;

class KillMapOnH2Tests extends KillMapContract {

    @Override
    String newDatabase(String name) {
        return "jdbc:h2:mem:killmap-" + name + ";DB_CLOSE_DELAY=-1;USER=sa";
    }
}
