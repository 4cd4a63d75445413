package dev.sluice.schedule;

import java.nio.file.Path;

class RecoveryOnH2Tests extends RecoveryContract {

    @Override
    String url(Path folder) {
        return "jdbc:h2:mem:" + folder.getFileName() + ";USER=sa";
    }
}
