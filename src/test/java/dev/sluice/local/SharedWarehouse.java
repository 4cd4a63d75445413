package dev.sluice.local;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests of which all have the same warehouse, with a dataset {@code ds}. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SharedWarehouse {

    Warehouse warehouse;

    @BeforeAll
    void openWarehouse(@TempDir Path folder) throws Exception {
        warehouse = new Warehouse(folder, Clock.systemUTC());
        warehouse.dataset("ds");
    }

    @AfterAll
    void closeWarehouse() throws Exception {
        warehouse.close();
    }
}
