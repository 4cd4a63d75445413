package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.ledger.LeaseAttempt.Acquired;
import dev.sluice.ledger.LeaseAttempt.HeldBy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTests {

    private static final InstanceKey KEY = new InstanceKey("job", "0123", 1);
    private static final Owner ELSEWHERE = new Owner("elsewhere", 1, 1);

    private final ScheduledThreadPoolExecutor heartbeats = new ScheduledThreadPoolExecutor(1);
    private JdbcConnectionPool pool;
    private LedgerDatabase database;
    private JdbcLeases leases;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        pool = JdbcConnectionPool.create("jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1", "sa", "");
        Flyway.configure()
                .dataSource(pool)
                .locations("filesystem:sql/jobrepository")
                .javaMigrations(new RepositorySchema())
                .load()
                .migrate();
        database = new LedgerDatabase(pool);
        leases = ofAProcess();
    }

    private JdbcLeases ofAProcess() {
        return new JdbcLeases(
                new JdbcLeases.Databases(database, database), new LeaseProperties(Duration.ofSeconds(30)), heartbeats);
    }

    @AfterEach
    void close() {
        heartbeats.shutdownNow();
        pool.dispose();
    }

    @Test
    void namesTheHolderAndItsRunToTheSecond() {
        Instant before = Instant.now();
        Lease lease = acquire(Owner.current());
        lease.attachRun(7);

        assertThat(leases.acquire(KEY, ELSEWHERE)).isInstanceOfSatisfying(HeldBy.class, held -> {
            assertThat(held.owner()).isEqualTo(Owner.current());
            assertThat(held.runId()).isEqualTo(7L);
            assertThat(held.expiresAt()).isBetween(before.plusSeconds(25), before.plusSeconds(90));
        });
    }

    @Test
    void isFreeAfterRelease() {
        acquire(Owner.current()).close();

        assertThat(leases.isHeld(KEY)).isFalse();
        assertThat(leases.acquire(KEY, ELSEWHERE))
                .isInstanceOfSatisfying(
                        Acquired.class, there -> assertThat(there.tookOver()).isFalse());
    }

    @Test
    void lastsNoLongerThanItsProcessAndItsFenceHoldsEvenThen() {
        Lease lease = acquire(Owner.current());

        leases.close();

        assertThat(leases.isHeld(KEY)).isFalse();
        assertThatThrownBy(() -> lease.fence().verify()).isInstanceOf(LeaseLost.class);
        assertThat(leases.find(KEY))
                .as("whoever still runs is known as a former owner, not as a stranger")
                .isPresent();
    }

    @Test
    void takesOverFromADeadProcessOfThisHostAtOnce() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var dead = new Owner(Owner.current().host(), child.pid(), 1);
        child.waitFor();
        Lease zombie = acquire(dead);

        LeaseAttempt attempt = leases.acquire(KEY, Owner.current());

        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Acquired.class, there -> assertThat(there.tookOver()).isTrue());
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(zombie.fence()::verify);
    }

    @Test
    void takesOverWhenThePidIsAnotherProcessNow() {
        Owner now = Owner.current();
        acquire(new Owner(now.host(), now.pid(), now.startedMillis() - 60_000));

        assertThat(leases.acquire(KEY, now)).isInstanceOf(Acquired.class);
    }

    @Test
    void keepsAnOwnerOfAnotherHostUntilItExpires() {
        acquire(ELSEWHERE);
        assertThat(leases.acquire(KEY, Owner.current())).isInstanceOf(HeldBy.class);

        expire();

        assertThat(leases.acquire(KEY, Owner.current())).isInstanceOf(Acquired.class);
    }

    @Test
    void refusesAZombieInBothChecks() throws SQLException {
        Lease zombie = acquire(ELSEWHERE);
        expire();
        Lease heir = acquire(Owner.current());

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(zombie.fence()::verify);
        heir.fence().verify();
        try (Connection connection = pool.getConnection()) {
            assertThatExceptionOfType(LeaseLost.class)
                    .isThrownBy(() -> zombie.fence().verifyInside(connection));
            heir.fence().verifyInside(connection);
        }
    }

    @Test
    void isKeptByAnOwnerThatSleptPastItsEndIfNobodyTookIt() throws SQLException {
        Lease lease = acquire(ELSEWHERE);
        expire();
        try (Connection connection = pool.getConnection()) {
            lease.fence().verifyInside(connection);
        }
        assertThat(leases.isHeld(KEY)).isFalse();

        lease.fence().verify();

        assertThat(leases.isHeld(KEY)).as("renewed before anything is sent").isTrue();
        assertThat(leases.acquire(KEY, Owner.current())).isInstanceOf(HeldBy.class);
    }

    @Test
    void isTakenOverByNobodyOfTheProcessThatHoldsIt() {
        Lease lease = acquire(Owner.current());
        expire();

        assertThat(leases.acquire(KEY, Owner.current())).isInstanceOf(HeldBy.class);

        lease.fence().verify();
        lease.close();
        assertThat(leases.acquire(KEY, Owner.current())).isInstanceOf(Acquired.class);
    }

    @Test
    void isNotTakenAgainByAProcessWhoseFormerOwnerHasNotNoticed() {
        Lease lost = acquire(Owner.current());
        expire();
        ((Acquired) ofAProcess().acquire(KEY, ELSEWHERE)).lease().close();

        assertThat(leases.acquire(KEY, Owner.current())).isInstanceOf(HeldBy.class);
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(leases.of(KEY)::verify);

        lost.close();
        assertThat(leases.acquire(KEY, Owner.current())).isInstanceOf(Acquired.class);
    }

    @Test
    void isTakenOverByNobodyWhoLookedBeforeItWasRenewed() {
        Lease lease = acquire(ELSEWHERE);
        expire();
        var rows = new LeaseRows(database.jdbc(), Duration.ofSeconds(30));
        assertThat(rows.find(KEY))
                .hasValueSatisfying(row -> assertThat(row.expired()).isTrue());
        lease.fence().verify();

        assertThat(rows.takeOver(KEY, 1, false, Owner.current())).isFalse();
        lease.fence().verify();
    }

    @Test
    void leavesTheHeirAloneWhenAZombieCloses() {
        Lease zombie = acquire(ELSEWHERE);
        expire();
        acquire(Owner.current());

        zombie.close();

        leases.of(KEY).verify();
        assertThat(leases.isHeld(KEY)).isTrue();
    }

    @Test
    void givesNoFenceWithoutALease() {
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> leases.of(KEY));
    }

    @Test
    void isKeptThoughHeartbeatsFailUntilSomebodyTakesIt() {
        var lease = (HeldLease) acquire(ELSEWHERE);
        hide();
        for (int i = 0; i < 4; i++) {
            lease.beat();
        }
        show();
        expire();
        lease.verify();

        expire();
        acquire(Owner.current());
        lease.beat();

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(lease::verify);
    }

    private void hide() {
        database.jdbc().sql("ALTER TABLE SLUICE_LEASE RENAME TO HIDDEN").update();
    }

    private void show() {
        database.jdbc().sql("ALTER TABLE HIDDEN RENAME TO SLUICE_LEASE").update();
    }

    private Lease acquire(Owner owner) {
        return ((Acquired) leases.acquire(KEY, owner)).lease();
    }

    private void expire() {
        database.jdbc()
                .sql("UPDATE SLUICE_LEASE SET EXPIRES_AT = CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
                .update();
    }
}
