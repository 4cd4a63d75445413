package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;

class JdbcIntentsTests {

    private static final InstanceKey INSTANCE = new InstanceKey("job", "0123", 1);
    private static final EffectKey KEY = new EffectKey(INSTANCE, "load", "bytes 0-99", "abcd");

    private JdbcConnectionPool pool;
    private JdbcIntents intents;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        pool = JdbcConnectionPool.create("jdbc:h2:mem:" + folder.getFileName() + ";DB_CLOSE_DELAY=-1", "sa", "");
        Flyway.configure()
                .dataSource(pool)
                .locations("filesystem:sql/jobrepository")
                .javaMigrations(new RepositorySchema())
                .load()
                .migrate();
        intents = new JdbcIntents(new LedgerDatabase(pool));
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    private Intent declare(int attempt) {
        return intents.declare(KEY, attempt, 7, "load", "d.t");
    }

    private static EffectReceipt receipt(Intent intent) {
        Instant at = Instant.parse("2026-11-24T10:00:00.123Z");
        return new EffectReceipt(intent.bigQueryJobId(), "load", intent.attempt(), 3, 0, 0, 0, 99, 0, 5, at, at);
    }

    @Test
    void remembersAnIntentAndItsReceipt() {
        Intent declared = declare(1);
        assertThat(intents.find(KEY)).contains(declared);

        intents.done(declared, receipt(declared), 7);
        Intent done = intents.find(KEY).orElseThrow();
        assertThat(done.state()).isEqualTo(IntentState.DONE);
        assertThat(done.receipt()).isEqualTo(receipt(declared));
    }

    /** Whoever slept after the last look at his lease. */
    @Test
    void isNotSettledByARunThatLostItsLeaseMeanwhile() {
        Intent intent = declare(1);
        var rows = new LeaseRows(new LedgerDatabase(pool).jdbc(), Duration.ofSeconds(30));
        rows.insert(INSTANCE, Owner.current());
        rows.attachRun(INSTANCE, 1, 7);
        rows.takeOver(INSTANCE, 1, true, Owner.current());
        for (int taken = 0; taken < 2; taken++) {
            assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> intents.done(intent, receipt(intent), 7));
            assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> intents.failed(intent, "backendError", 7));
            rows.attachRun(INSTANCE, 2, 8);
        }
        intents.done(intent, receipt(intent), 8);
        assertThat(intents.find(KEY).orElseThrow().state()).isEqualTo(IntentState.DONE);
    }

    @Test
    void findsTheLatestAttemptAndListsAll() {
        Intent first = declare(1);
        intents.failed(first, "backendError", 7);
        Intent second = declare(2);

        assertThat(intents.find(KEY)).contains(second);
        assertThat(intents.of(INSTANCE, "load")).extracting(Intent::attempt).containsExactly(1, 2);
        assertThat(intents.of(INSTANCE, "publish")).isEmpty();
    }

    @Test
    void declaresAnAttemptOnce() {
        declare(1);
        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> declare(1));
    }

    @Test
    void neverTurnsAFailureIntoASuccess() {
        Intent intent = declare(1);
        intents.failed(intent, "backendError", 7);

        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> intents.done(intent, receipt(intent), 7))
                .withMessageContaining(intent.bigQueryJobId())
                .withMessageContaining("FAILED");
        assertThat(intents.find(KEY).orElseThrow().state()).isEqualTo(IntentState.FAILED);
    }

    @Test
    void neverTurnsASuccessIntoAFailure() {
        Intent intent = declare(1);
        intents.done(intent, receipt(intent), 7);

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> intents.failed(intent, "backendError", 7));
        assertThat(intents.find(KEY).orElseThrow().receipt()).isEqualTo(receipt(intent));
    }

    @Test
    void settlesNothingThatWasNotDeclared() {
        var unknown = new Intent(KEY, 1, IntentState.INTENT, "load", "d.t", null);
        assertThatExceptionOfType(LeaseLost.class)
                .isThrownBy(() -> intents.failed(unknown, "backendError", 7))
                .withMessageContaining("missing");
    }

    @Test
    void letsTheSameOutcomeBeSettledTwice() {
        Intent intent = declare(1);
        intents.done(intent, receipt(intent), 7);
        intents.done(intent, receipt(intent), 7);

        assertThat(intents.find(KEY).orElseThrow().receipt()).isEqualTo(receipt(intent));
    }
}
