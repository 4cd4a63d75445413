package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.ledger.LeaseAttempt.Acquired;
import dev.sluice.ledger.LeaseAttempt.HeldBy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.job.parameters.JobParameters;

/**
 * Everything that whoever holds a lease writes to the ledger, by somebody who slept since he last looked at his lease: on
 * every repository database it is written if nobody has taken over, and refused if somebody has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FencedLedgerContract {

    private static final JobParameters PARAMETERS = new JobParameters();
    private static final InstanceKey INSTANCE = InstanceKey.of("job", PARAMETERS);
    private static final Owner SLEEPER = new Owner("elsewhere", 1, 1);
    private static final Owner HEIR = new Owner("nowhere", 2, 2);
    private static final EffectKey DECLARED = new EffectKey(INSTANCE, "load", "bytes 0-99", "abcd");
    private static final EffectKey UNDECLARED = new EffectKey(INSTANCE, "load", "bytes 100-199", "abcd");
    private static final EffectKey PUBLISHED = new EffectKey(INSTANCE, "publish", "all", "abcd");
    private static final long RUN = 7;
    private static final int QUERY_TIMEOUT_SECONDS = 1;

    /** All of a run's. What else has SLUICE_ in its name is not its lease's owner's to write. */
    private static final List<String> TABLES = List.of(
            "SLUICE_INTENT",
            "SLUICE_SOURCE",
            "SLUICE_PUBLICATION",
            "SLUICE_RECEIPT",
            "SLUICE_DEAD_LETTER",
            "SLUICE_GENERATION");

    private final ScheduledThreadPoolExecutor heartbeats = new ScheduledThreadPoolExecutor(1);
    private HikariDataSource pool;
    private LedgerDatabase database;
    private JdbcLeases leases;

    /** A write, by the run or by the lease's owner without one. */
    enum Write {
        DECLARE {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcIntents(database).declare(UNDECLARED, 1, RUN, "load", "d.t");
            }
        },
        SETTLE_AS_DONE {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcIntents(database).done(intent(), receipt(), RUN);
            }
        },
        SETTLE_AS_FAILED {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcIntents(database).failed(intent(), "backendError", RUN);
            }
        },
        SETTLE_AS_DONE_WITHOUT_A_RUN {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcIntents(database).done(intent(), receipt(), owner);
            }
        },
        SETTLE_AS_FAILED_WITHOUT_A_RUN {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcIntents(database).failed(intent(), "backendError", owner);
            }
        },
        RECORD_THE_SOURCE {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcSources(database).record(INSTANCE, new SourceRecord("a.csv", "abcd", 9, RUN, null));
            }
        },
        CLAIM_CONTENT {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcPublications(database).claim("other", "d.t", UNDECLARED, RUN);
            }
        },
        CONFIRM_CONTENT {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcPublications(database).confirm("content", INSTANCE, RUN);
            }
        },
        CONFIRM_CONTENT_WITHOUT_A_RUN {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcPublications(database).confirm(INSTANCE, owner);
            }
        },
        RELEASE_CONTENT {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcPublications(database).release(INSTANCE, owner);
            }
        },
        SAVE_THE_RECEIPT {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcReceipts(database).save(INSTANCE, RUN, new Receipt(3, 1, 2, 2, 0, 0, 0, "abcd", null));
            }
        },
        SAVE_DEAD_LETTERS {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcDeadLetters(database).save(INSTANCE, RUN, List.of(new DeadLetter("a.csv", 3, "torn", "ef")));
            }
        },
        RAISE_THE_GENERATION {
            @Override
            void by(LedgerDatabase database, Fence owner) {
                new JdbcGenerations(database).raise(INSTANCE, PARAMETERS, RUN, owner);
            }
        };

        abstract void by(LedgerDatabase database, Fence owner);

        private static Intent intent() {
            return new Intent(DECLARED, 1, IntentState.INTENT, "load", "d.t", null);
        }

        private static EffectReceipt receipt() {
            return new EffectReceipt(
                    DECLARED.bigQueryJobId(1), "load", 1, 3, 0, 0, 0, 99, 0, 5, Instant.EPOCH, Instant.EPOCH);
        }
    }

    /** Of an empty database, user included. */
    abstract String url(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        var settings = new HikariConfig();
        settings.setJdbcUrl(url(folder));
        pool = new HikariDataSource(settings);
        RepositoryMigration.migrate(pool, Path.of(""));
        database = new LedgerDatabase(pool, QUERY_TIMEOUT_SECONDS);
        leases = new JdbcLeases(
                new JdbcLeases.Databases(database, database), new LeaseProperties(Duration.ofMinutes(10)), heartbeats);
    }

    @AfterAll
    void close() {
        heartbeats.shutdownNow();
        pool.close();
    }

    /** An instance of which an effect is open and a content claimed, and another content published and not confirmed. */
    @BeforeEach
    void begin() {
        database.jdbc().sql("DELETE FROM SLUICE_LEASE").update();
        TABLES.forEach(table -> database.jdbc().sql("DELETE FROM " + table).update());
        var intents = new JdbcIntents(database);
        intents.declare(DECLARED, 1, RUN, "load", "d.t");
        intents.done(intents.declare(PUBLISHED, 1, RUN, "query", "d.t"), Write.receipt(), RUN);
        var publications = new JdbcPublications(database);
        publications.claim("content", "d.t", DECLARED, RUN);
        publications.claim("published", "d.t", PUBLISHED, RUN);
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenByWhoeverSleptIfNobodyTookOver(Write write) {
        Lease lease = acquire(SLEEPER);
        lease.attachRun(RUN);
        expire();
        Map<String, List<Map<String, Object>>> before = rows();

        write.by(database, lease.fence());

        assertThat(rows()).isNotEqualTo(before);
    }

    /** First by an heir that has not noted its run yet, then by its run. */
    @ParameterizedTest
    @EnumSource
    void isNotWrittenByWhoeverWasTakenOver(Write write) {
        Lease lease = acquire(SLEEPER);
        lease.attachRun(RUN);
        expire();
        Lease heir = acquire(HEIR);
        Map<String, List<Map<String, Object>>> before = rows();

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> write.by(database, lease.fence()));
        heir.attachRun(RUN + 1);
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> write.by(database, lease.fence()));
        heir.close();
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> write.by(database, lease.fence()));

        assertThat(rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void isNotWrittenByWhoeverHasLetGo(Write write) {
        Lease lease = acquire(SLEEPER);
        lease.attachRun(RUN);
        lease.close();
        Map<String, List<Map<String, Object>>> before = rows();

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> write.by(database, lease.fence()));

        assertThat(rows()).isEqualTo(before);
    }

    /** The owner's machine sleeps in the middle of a commit, for longer than the lease lasts and others wait. */
    @Test
    void theLeaseIsLeftToAnOwnerThatSleepsInTheMiddleOfACommit() throws SQLException {
        Lease lease = acquire(SLEEPER);
        expire();
        try (Connection commit = pool.getConnection()) {
            commit.setAutoCommit(false);
            lease.fence().verifyInside(commit);

            assertThat(leases.acquire(INSTANCE, HEIR))
                    .isInstanceOfSatisfying(
                            HeldBy.class, held -> assertThat(held.owner()).isEqualTo(SLEEPER));

            commit.commit();
            lease.fence().verifyInside(commit);
            commit.rollback();
        }
        lease.fence().verify();
    }

    private Lease acquire(Owner owner) {
        return ((Acquired) leases.acquire(INSTANCE, owner)).lease();
    }

    private void expire() {
        database.jdbc()
                .sql("UPDATE SLUICE_LEASE SET EXPIRES_AT = CURRENT_TIMESTAMP - INTERVAL '1' SECOND")
                .update();
    }

    private Map<String, List<Map<String, Object>>> rows() {
        Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
        TABLES.forEach(table -> rows.put(
                table, database.jdbc().sql("SELECT * FROM " + table).query().listOfRows()));
        return rows;
    }
}
