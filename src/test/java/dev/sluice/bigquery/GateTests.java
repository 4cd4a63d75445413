package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.bigquery.BigQueryFailure.Closed;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("clock")
class GateTests {

    private static final Purpose FIND = new Purpose(CallKind.FIND_TABLE, "read table d.t", null);
    private static final Purpose FOLLOW = new Purpose(CallKind.FIND_JOB, "follow", "job-1");
    private static final Purpose CANCEL = new Purpose(CallKind.CANCEL_JOB, "cancel", "job-1");
    private static final long LONG_SPAN = TimeUnit.MINUTES.toNanos(1);

    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("caller"));

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static Gate gate(int concurrent, int perSecond) {
        return new Gate(new GateLimits(concurrent, perSecond, 50), System::nanoTime);
    }

    private static Deadline within(Tier tier, long millis) {
        return new RunningDeadline(tier, Duration.ofMillis(millis), System::nanoTime);
    }

    private static Deadline user() {
        return within(Tier.USER, 20_000);
    }

    private Future<Boolean> entering(Gate gate, Purpose purpose, Deadline deadline) {
        return threads.submit(() -> gate.enter(purpose, deadline));
    }

    @Test
    void neverLetsMoreInAtOnce() throws Exception {
        Gate gate = gate(5, 10_000);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        List<Future<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            done.add(threads.submit(() -> {
                for (int j = 0; j < 50; j++) {
                    Deadline deadline = user();
                    assertThat(gate.enter(FIND, deadline)).isTrue();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.yield();
                    inside.decrementAndGet();
                    gate.leave(deadline);
                }
                return true;
            }));
        }
        for (Future<Boolean> each : done) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most).hasValueBetween(2, 5);
        assertThat(gate.admitted()).isZero();
        assertThat(gate.waiting()).isZero();
    }

    @Test
    void letsInWhoeverCameFirst() throws Exception {
        Gate gate = gate(1, 10_000);
        gate.enter(FIND, user());
        var order = new LinkedBlockingQueue<Integer>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            threads.execute(() -> {
                try {
                    gate.enter(number % 2 == 0 ? FIND : FOLLOW, user());
                    order.add(number);
                    gate.leave(user());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Pauses.until(() -> gate.waiting() == number + 1);
        }
        gate.leave(user());
        Pauses.until(() -> order.size() == 20);
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void startsNoMoreOfOneMethodThanItMay() throws Exception {
        var gate = new Gate(new GateLimits(100, 10, 50), System::nanoTime, TimeUnit.MILLISECONDS.toNanos(50));
        Deadline deadline = user();
        List<Future<Boolean>> entered = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            entered.add(entering(gate, FIND, deadline));
        }
        for (Future<Boolean> each : entered) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(deadline.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void forgetsNobodyWhoseTimeComesWhileHeGoesToWait() throws Exception {
        var time = new AtomicLong();
        var gate = new Gate(
                new GateLimits(10, 1, 50),
                () -> time.getAndAdd(TimeUnit.MILLISECONDS.toNanos(25)),
                TimeUnit.MILLISECONDS.toNanos(50));
        assertThat(gate.enter(FIND, user())).isTrue();
        Deadline deadline = within(Tier.USER, 5_000);

        assertThat(gate.enter(FIND, deadline)).isTrue();
        assertThat(deadline.passed()).isFalse();
    }

    @Test
    void holdsNobodyUpForAMethodThatIsUsedUp() throws Exception {
        var gate = new Gate(new GateLimits(10, 1, 50), System::nanoTime, LONG_SPAN);
        assertThat(gate.enter(FIND, user())).isTrue();
        entering(gate, FIND, user());
        Pauses.until(() -> gate.waiting() == 1);

        assertThat(gate.enter(FOLLOW, within(Tier.USER, 5_000))).isTrue();
        assertThat(gate.waiting()).isEqualTo(1);
    }

    @Test
    void keepsPlacesForThoseWhoWaitInPerson() throws Exception {
        Gate gate = gate(4, 10_000);
        for (int i = 0; i < 10; i++) {
            entering(gate, FIND, within(i % 2 == 0 ? Tier.BATCH : Tier.ONBOARDING, 20_000));
        }
        Pauses.until(() -> gate.admitted() == 2 && gate.waiting() == 8);

        for (Tier tier : List.of(Tier.USER, Tier.AUTH)) {
            assertThat(gate.enter(FIND, within(tier, 5_000))).isTrue();
        }
        gate.leave(within(Tier.BATCH, 1));
        Pauses.until(() -> gate.admitted() == 4 && gate.waiting() == 7);
    }

    @Test
    void keepsRequestsOfEachMethodForThoseWhoWaitInPerson() throws Exception {
        var gate = new Gate(new GateLimits(100, 10, 50), System::nanoTime, LONG_SPAN);
        for (int i = 0; i < 10; i++) {
            entering(gate, FIND, within(Tier.BATCH, 20_000));
        }
        Pauses.until(() -> gate.admitted() == 5 && gate.waiting() == 5);
        for (int i = 0; i < 5; i++) {
            assertThat(gate.enter(FIND, within(Tier.INTEGRATION, 5_000))).isTrue();
        }
        assertThat(gate.enter(FIND, within(Tier.USER, 50))).isFalse();
    }

    @Test
    void sendsAwayWhoseTimeIsUpAndForgetsHim() throws Exception {
        Gate gate = gate(1, 10_000);
        gate.enter(FIND, user());
        Deadline deadline = within(Tier.USER, 80);

        assertThat(gate.enter(FIND, deadline)).isFalse();
        assertThat(deadline.elapsed()).isBetween(Duration.ofMillis(80), Duration.ofMillis(330));
        assertThat(gate.waiting()).isZero();
        gate.leave(user());
        assertThat(gate.admitted()).isZero();
    }

    @Test
    void countsWaitingAgainstTheDeadlineOfTheCall() throws Exception {
        Gate gate = gate(1, 10_000);
        gate.enter(FIND, user());
        RemoteCalls calls = DoorUnderTest.calls(gate::pause, gate);
        var failure = catchThrowableOfType(
                DeadlineExceeded.class, () -> calls.call(FIND, within(Tier.AUTH, 60), () -> "never"));
        assertThat(failure.phase()).isEqualTo("gate");
        assertThat(failure.tier()).isEqualTo(Tier.AUTH);
    }

    @Test
    void leavesNoTraceOfAnInterruptedCaller() throws Exception {
        Gate gate = gate(1, 10_000);
        gate.enter(FIND, user());
        var ended = new CompletableFuture<Boolean>();
        var caller = new Thread(() -> {
            try {
                gate.enter(FIND, user());
                ended.complete(false);
            } catch (InterruptedException e) {
                ended.complete(true);
            }
        });
        caller.start();
        Pauses.until(() -> gate.waiting() == 1);
        caller.interrupt();
        assertThat(ended.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(gate.waiting()).isZero();
        gate.leave(user());
        assertThat(gate.enter(FIND, within(Tier.USER, 1_000))).isTrue();
    }

    @Test
    void sendsEverybodyAwayWhenItClosesExceptCancels() throws Exception {
        Gate gate = gate(1, 10_000);
        gate.enter(FIND, user());
        Future<Boolean> waiting = entering(gate, FIND, user());
        Pauses.until(() -> gate.waiting() == 1);

        gate.close();
        gate.pause(Duration.ofMinutes(1));
        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                .isThrownBy(() -> waiting.get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(Closed.class);
        assertThatExceptionOfType(Closed.class)
                .isThrownBy(() -> gate.enter(FIND, user()))
                .withMessageContaining("read table d.t")
                .withMessageContaining("closed");
        gate.leave(user());
        assertThat(gate.enter(CANCEL, user())).isTrue();
    }

    @Test
    void refusesLimitsThatLetNobodyIn() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GateLimits(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GateLimits(1, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GateLimits(1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new GateLimits(1, 1, 101));
        assertThat(new GateLimits(1, 1, 1).backgroundConcurrent()).isEqualTo(1);
    }
}
