package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.ledger.Fence;
import dev.sluice.ledger.StopRequested;
import dev.sluice.ledger.UndisputedFence;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;

@Timeout(60)
class StillWantedTests {

    private static final StillWanted KEPT = new StillWanted(new UndisputedFence(false), "rows");
    private static final StillWanted STOPPED = new StillWanted(new UndisputedFence(true), "rows");

    private final CountDownLatch ended = new CountDownLatch(1);

    /** Never, unless it is interrupted. */
    private Object neverEnds() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            ended.countDown();
        }
        return "";
    }

    @Test
    void yieldsWhatTheWorkYields() throws IOException {
        assertThat(KEPT.call("work", () -> "done")).isEqualTo("done");
        assertThat(STOPPED.<Object>call("work", () -> "done in time")).isEqualTo("done in time");
    }

    @Test
    void failsAsTheWorkFails() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> KEPT.call("work", () -> {
                    throw new IllegalStateException("unchecked");
                }));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> KEPT.call("work", () -> {
                    throw new IOException("checked");
                }))
                .withMessage("checked");
        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> KEPT.call("work", () -> {
                    throw new OutOfMemoryError();
                }));
    }

    @Test
    void endsTheWorkIfTheRunIsToStop() {
        assertThatExceptionOfType(StopRequested.class)
                .isThrownBy(() -> STOPPED.call("work", this::neverEnds))
                .withMessage("the run was asked to stop while rows was read; restart resumes it");
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void endsTheWorkIfTheLeaseIsLost() {
        var lost = new StillWanted(new Lost(), "rows");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> lost.call("work", this::neverEnds))
                .withMessage("lost");
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void bearsALedgerThatDoesNotAnswer() throws IOException {
        var hiccups = new Hiccups(new CountDownLatch(3));
        var borne = new StillWanted(hiccups, "rows");
        assertThat(borne.call("work", () -> {
                    hiccups.left().await();
                    return "done";
                }))
                .isEqualTo("done");
    }

    @Test
    void waitsForTheWorkToEndEvenIfInterrupted() {
        Thread caller = Thread.currentThread();
        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> KEPT.call("work", () -> {
                    caller.interrupt();
                    try {
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    } catch (InterruptedException e) {
                        while (caller.getState() != Thread.State.TIMED_WAITING) {
                            Thread.onSpinWait();
                        }
                        ended.countDown();
                        return true;
                    }
                }));
        assertThat(ended.getCount()).isZero();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void saysThatTheWorkDoesNotEnd() {
        var lives = new Thread(this::neverEnds, "work");
        lives.start();
        var why = new StopRequested("stop");
        try {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> StillWanted.requireEnd(lives, 1, why))
                    .withMessage("reading does not end; a source file does not answer")
                    .withCause(why);
        } finally {
            lives.interrupt();
        }
        StillWanted.requireEnd(lives, 30_000, why);
    }

    @Test
    void waitsForNothingThatItsCallerMayNotWaitFor() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> KEPT.await(new CompletableFuture<>()));
        assertThat(Thread.interrupted()).isTrue();
    }

    /** The first looks fail. */
    private record Hiccups(CountDownLatch left) implements Fence {

        @Override
        public void verify() {
            if (left.getCount() > 0) {
                left.countDown();
                throw new DataAccessResourceFailureException("no connection");
            }
        }

        @Override
        public void verifyInside(Connection transaction) {}
    }

    private record Lost() implements Fence {

        @Override
        public void verify() {
            throw new IllegalStateException("lost");
        }

        @Override
        public void verifyInside(Connection transaction) {}
    }
}
