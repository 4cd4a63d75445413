package dev.sluice.sweep;

import dev.sluice.database.H2Server;

class KillMapOnH2Tests extends KillMapContract {

    @Override
    String newDatabase(String name) {
        return H2Server.inMemory("killmap-" + name);
    }
}
