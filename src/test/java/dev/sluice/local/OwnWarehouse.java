package dev.sluice.local;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that have a warehouse with a dataset {@code ds} each. */
abstract class OwnWarehouse {

    @TempDir
    Path folder;

    Warehouse warehouse;

    @BeforeEach
    void openWarehouse() throws Exception {
        warehouse = new Warehouse(folder, Clock.systemUTC());
        warehouse.dataset("ds");
    }

    @AfterEach
    void closeWarehouse() throws Exception {
        warehouse.close();
    }
}
