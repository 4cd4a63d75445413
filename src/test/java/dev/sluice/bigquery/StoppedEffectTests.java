package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Fence;
import dev.sluice.ledger.IntentState;
import dev.sluice.ledger.StopRequested;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that is asked to stop while BigQuery works for it: what may be cancelled is, what may not is waited for. */
class StoppedEffectTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final JobServer server = new JobServer();

    /** Kept by a run that somebody asks to stop. */
    private record StoppingFence(BooleanSupplier asked) implements Fence {

        @Override
        public void verify() {}

        @Override
        public void verifyInside(Connection transaction) {}

        @Override
        public boolean stopRequested() {
            return asked.getAsBoolean();
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private DoorUnderTest door() throws IOException {
        return new DoorUnderTest(server.url(), 10, LIMIT, DoorUnderTest.calls(Pauses::brief));
    }

    private static EffectReceipt execute(DoorUnderTest door, boolean cancellable, BooleanSupplier asked) {
        Effect own = DoorUnderTest.effect(LIMIT);
        var effect = new Effect(
                own.key(), own.runId(), new StoppingFence(asked), own.tier(), own.limit(), cancellable, own.org());
        return door.jobs.execute(effect, DoorUnderTest.STATEMENT);
    }

    private boolean isSubmitted() {
        return server.inserts() > 0;
    }

    @Test
    void isCancelledIfItMayBeAndItsIntentStaysOpen() throws IOException {
        server.runNextFor(100_000);
        try (var door = door()) {
            assertThatExceptionOfType(StopRequested.class)
                    .isThrownBy(() -> execute(door, true, this::isSubmitted))
                    .withMessageContaining("restart resumes it");
            assertThat(door.intents.states()).containsExactly(IntentState.INTENT);
        }
        assertThat(server.cancels()).isOne();
    }

    @Test
    void isWaitedForIfItMayNotBeCancelled() throws IOException {
        server.runNextFor(3);
        try (var door = door()) {
            assertThat(execute(door, false, this::isSubmitted).attempt()).isOne();
            assertThat(door.intents.states()).containsExactly(IntentState.DONE);
        }
        assertThat(server.cancels()).isZero();
    }

    @Test
    void isNotBegunByARunThatIsToStop() throws IOException {
        try (var door = door()) {
            assertThatExceptionOfType(StopRequested.class).isThrownBy(() -> execute(door, true, () -> true));
            assertThat(door.intents.states()).doesNotContain(IntentState.DONE);
        }
        assertThat(server.inserts()).isZero();
    }
}
