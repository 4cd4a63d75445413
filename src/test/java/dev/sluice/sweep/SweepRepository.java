package dev.sluice.sweep;

import dev.sluice.database.RepositoryTemplate;
import dev.sluice.ledger.RepositoryMigration;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A repository as its database's administrator sees it: what is done here passes no death switch. */
record SweepRepository(String url) {

    private static final AtomicLong LIVES = new AtomicLong();
    private static final long STEPS_OF_A_LIFE = 100;

    /** With its tables, if it has none yet. */
    SweepRepository migrated() {
        RepositoryMigration.migrate(new DriverManagerDataSource(url), Path.of(""));
        return this;
    }

    /**
     * Spring Batch keeps step contexts in a static map by step execution id, where those of a dead process stay; no two
     * processes of this JVM may have the same ids.
     */
    void beginIdsOfItsOwn() {
        long first = LIVES.incrementAndGet() * STEPS_OF_A_LIFE;
        for (String sequence : new String[] {"JOB_INSTANCE", "JOB_EXECUTION", "STEP_EXECUTION"}) {
            update("ALTER SEQUENCE BATCH_%s_SEQ RESTART WITH %d".formatted(sequence, first));
        }
    }

    /** The owner is this very process, which lives; that it is dead is known to the test alone. */
    void endLeases() {
        update("UPDATE SLUICE_LEASE SET EXPIRES_AT = TIMESTAMP WITH TIME ZONE '2000-01-01 00:00:00Z'");
    }

    /** What its failed steps say, with their stack traces. */
    String failures() {
        return String.join(
                "\n",
                jdbc().sql(
                                "SELECT EXIT_MESSAGE FROM BATCH_STEP_EXECUTION WHERE STATUS = 'FAILED' ORDER BY STEP_EXECUTION_ID")
                        .query(String.class)
                        .list());
    }

    private void update(String sql) {
        jdbc().sql(sql).update();
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(url));
    }

    void drop() {
        RepositoryTemplate.drop(url);
    }
}
