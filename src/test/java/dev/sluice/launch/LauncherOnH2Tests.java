package dev.sluice.launch;

import dev.sluice.database.H2Server;
import java.nio.file.Path;

class LauncherOnH2Tests extends LauncherContract {

    @Override
    String url(Path folder) {
        return H2Server.newDatabase(folder);
    }
}
