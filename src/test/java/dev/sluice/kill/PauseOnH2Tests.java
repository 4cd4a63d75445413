package dev.sluice.kill;

import java.nio.file.Path;
import java.util.Map;

/** Through the home server. */
class PauseOnH2Tests extends PauseContract {

    @Override
    Map<String, String> settings(Path empty) {
        return Map.of();
    }

    @Override
    boolean isItsDay(long day) {
        return day % 4 == 0;
    }
}
