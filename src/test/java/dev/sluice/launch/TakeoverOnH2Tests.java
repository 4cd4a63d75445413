package dev.sluice.launch;

import java.nio.file.Path;

class TakeoverOnH2Tests extends TakeoverContract {

    @Override
    String url(Path folder) {
        return "jdbc:h2:mem:takeover;DB_CLOSE_DELAY=-1;USER=sa";
    }
}
