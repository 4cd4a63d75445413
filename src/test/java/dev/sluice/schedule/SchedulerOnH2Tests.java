package dev.sluice.schedule;

import java.nio.file.Path;

class SchedulerOnH2Tests extends SchedulerContract {

    @Override
    String url(Path folder) {
        return "jdbc:h2:mem:" + folder.getFileName() + ";USER=sa";
    }
}
