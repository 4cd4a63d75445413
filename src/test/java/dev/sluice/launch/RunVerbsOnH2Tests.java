package dev.sluice.launch;

import java.nio.file.Path;

class RunVerbsOnH2Tests extends RunVerbsContract {

    @Override
    String url(Path folder) {
        return "jdbc:h2:mem:" + folder.getFileName() + ";USER=sa";
    }
}
