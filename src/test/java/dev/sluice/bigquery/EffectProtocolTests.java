package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.BigQueryFailure.Collision;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.QuotaExhausted;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.IntentState;
import dev.sluice.ledger.LeaseLost;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An effect happens once, whatever is lost on the way. */
class EffectProtocolTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Effect EFFECT = DoorUnderTest.effect(LIMIT);
    private static final String FIRST = EFFECT.key().bigQueryJobId(1);
    private static final String SECOND = EFFECT.key().bigQueryJobId(2);

    private final JobServer server = new JobServer();
    private DoorUnderTest door;

    @BeforeEach
    void open() throws IOException {
        door = new DoorUnderTest(server.url(), 10, LIMIT, DoorUnderTest.calls(Pauses::brief));
    }

    @AfterEach
    void close() throws IOException {
        door.assertNothingLeased();
        door.close();
        server.close();
    }

    private EffectReceipt execute() {
        return door.jobs.execute(EFFECT, DoorUnderTest.STATEMENT);
    }

    private void leaveInDoubt() {
        door.intents.declare(EFFECT.key(), 1, 1, "query", "test.sql");
    }

    private void submittedBefore() {
        submittedBefore("0123abcd", "SELECT 1");
    }

    private void submittedBefore(String digest, String sql) {
        server.put(FIRST, queryJob(digest, sql));
    }

    private static Job queryJob(String digest, String sql) {
        return new Job()
                .setConfiguration(new JobConfiguration()
                        .setLabels(Map.of("sluice_digest", digest))
                        .setQuery(new JobConfigurationQuery().setQuery(sql)));
    }

    @Test
    void happensOnceAndIsReceipted() {
        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.inserts()).isEqualTo(1);
        assertThat(door.intents.states()).containsExactly(IntentState.DONE);
    }

    @Test
    void saysWhatItMayCostHowLongItMayTakeAndWhoseItIs() {
        execute();
        Job submitted = server.submitted(FIRST);
        assertThat(submitted.getConfiguration().getQuery().getMaximumBytesBilled())
                .isEqualTo(DoorUnderTest.MAXIMUM_BILLED.toBytes());
        assertThat(submitted.getConfiguration().getJobTimeoutMs()).isEqualTo(LIMIT.toMillis());
        assertThat(submitted.getConfiguration().getLabels())
                .containsEntry("sluice_digest", "0123abcd")
                .containsEntry("sluice_job", "job")
                .containsEntry("sluice_step", "step")
                .containsEntry("sluice_run", "1");
    }

    @Test
    void submitsNothingOnceTheRunHasAnotherOwner() {
        Effect lost = DoorUnderTest.effectOfARun(() -> true, LIMIT);

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> door.jobs.execute(lost, DoorUnderTest.STATEMENT));
        assertThat(server.requests()).isZero();
        assertThat(door.intents.states()).isEmpty();
    }

    @Test
    void leavesTheLedgerToTheHeirWhenTheRunIsLostMeanwhile() {
        Effect lost = DoorUnderTest.effectOfARun(() -> server.requests() > 0, LIMIT);

        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> door.jobs.execute(lost, DoorUnderTest.STATEMENT));
        assertThat(server.requests()).isPositive();
        assertThat(door.intents.states()).containsExactly(IntentState.INTENT);
    }

    @Test
    void asksNobodyWhenTheLedgerSaysDone() {
        EffectReceipt first = execute();
        long requests = server.requests();

        assertThat(execute()).isEqualTo(first);
        assertThat(server.requests()).isEqualTo(requests);
    }

    @Test
    void adoptsTheJobWhoseReplyWasLost() {
        server.atNextInsert(server.replyLost());

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.ids()).containsExactly(FIRST);
        assertThat(server.inserts()).as("the second is answered 409").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"jobReference\": {\"jobId\"", "[1, 2]", "<html>"})
    void adoptsTheJobWhoseReplyCannotBeRead(String reply) {
        server.atNextInsert(server.reply(reply));

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.ids()).containsExactly(FIRST);
    }

    @Test
    void readsAgainWhatCannotBeReadInALookUp() {
        server.atNextGet((request, connection) -> connection.json(200, "{}"));
        server.atNextGet((request, connection) -> connection.json(200, "{\"status\": {\"state\": \"DONE\"}}"));

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.inserts()).isEqualTo(1);
    }

    @Test
    void adoptsWhatAnEarlierRunSubmitted() {
        leaveInDoubt();
        submittedBefore();

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.inserts()).isZero();
    }

    @Test
    void waitsForWhatAnEarlierRunSubmittedAndStillRuns() {
        leaveInDoubt();
        server.runNextFor(5);
        submittedBefore();

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.inserts()).isZero();
        assertThat(server.requests()).isEqualTo(6);
    }

    @Test
    void submitsTheSameIdAgainWhenNothingIsThereAfterDoubt() {
        leaveInDoubt();

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.ids()).containsExactly(FIRST);
    }

    @Test
    void adoptsAfterA409OfTheSameWork() {
        submittedBefore();

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.inserts()).isEqualTo(1);
    }

    @Test
    void refusesAJobOfAnotherDigestOrStatement() {
        submittedBefore("another", "SELECT 1");
        assertThatExceptionOfType(Collision.class).isThrownBy(this::execute).withMessageContaining(FIRST);

        submittedBefore("0123abcd", "SELECT 2");
        assertThatExceptionOfType(Collision.class).isThrownBy(this::execute);
        assertThat(door.intents.states()).containsExactly(IntentState.INTENT);
    }

    @Test
    void refusesAJobOfAnotherType() {
        Job load = queryJob("0123abcd", "SELECT 1");
        load.getConfiguration().setQuery(null).setLoad(new JobConfigurationLoad());
        server.put(FIRST, load);

        assertThatExceptionOfType(Collision.class).isThrownBy(this::execute);
    }

    @Test
    void refusesALoadIntoAnotherTable() {
        var destination = JobResources.reference(TableId.of("sluice-local", "d", "other"));
        server.put(
                FIRST,
                new Job()
                        .setConfiguration(new JobConfiguration()
                                .setLabels(Map.of("sluice_digest", "0123abcd"))
                                .setLoad(new JobConfigurationLoad().setDestinationTable(destination))));
        leaveInDoubt();

        assertThatExceptionOfType(Collision.class)
                .isThrownBy(() -> door.jobs.load(EFFECT, DoorUnderTest.load("{}\n", 1)));
    }

    @Test
    void raisesTheAttemptInTheNextRunAfterAConfirmedFailure() {
        server.failNext("invalidQuery");
        assertThatExceptionOfType(Permanent.class)
                .isThrownBy(this::execute)
                .withMessageContaining(FIRST)
                .withMessageContaining("invalidQuery")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("invalidQuery"));
        assertThat(door.intents.states()).containsExactly(IntentState.FAILED);

        assertThat(execute().bigQueryJobId()).isEqualTo(SECOND);
        assertThat(door.intents.states()).containsExactly(IntentState.FAILED, IntentState.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backendError", "jobInternalError", "jobRateLimitExceeded"})
    void raisesTheAttemptAtOnceAfterAFailureOfBigQuerysOwn(String reason) {
        server.failNext(reason);

        assertThat(execute().bigQueryJobId()).isEqualTo(SECOND);
        assertThat(door.intents.states()).containsExactly(IntentState.FAILED, IntentState.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobBackendError", "jobInternalError", "jobRateLimitExceeded"})
    void raisesTheAttemptAfterARefusalThatAsksForAnotherId(String reason) {
        server.atNextInsert((request, connection) -> connection.error(400, reason, "another id, please"));

        assertThat(execute().bigQueryJobId()).isEqualTo(SECOND);
        assertThat(server.ids()).containsExactly(SECOND);
        assertThat(door.intents.states()).containsExactly(IntentState.FAILED, IntentState.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Could not serialize access to table p:d.t due to concurrent update",
                "Transaction is aborted due to concurrent update against table p:d.t."
            })
    void raisesTheAttemptAtOnceAfterLosingAgainstConcurrentChanges(String message) {
        server.failNext("invalidQuery", message);

        assertThat(execute().bigQueryJobId()).isEqualTo(SECOND);
        assertThat(door.intents.states()).containsExactly(IntentState.FAILED, IntentState.DONE);
    }

    @Test
    void adoptsTheJobThatIsThereInSpiteOfSuchARefusal() {
        server.atNextInsert(server.replyLost());
        server.atNextInsert((request, connection) -> connection.error(400, "jobBackendError", "another id, please"));

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.ids()).containsExactly(FIRST);
    }

    @Test
    void raisesTheAttemptAFewTimesOnly() {
        for (int i = 0; i < 10; i++) {
            server.failNext("backendError");
        }
        assertThatExceptionOfType(Permanent.class).isThrownBy(this::execute);
        assertThat(door.intents.states()).hasSize(4).containsOnly(IntentState.FAILED);
    }

    @Test
    void leavesAJobAloneThatSomebodyStopped() {
        server.failNext("stopped");

        assertThatExceptionOfType(Permanent.class).isThrownBy(this::execute).withMessageContaining("stopped");
        assertThat(server.ids()).containsExactly(FIRST);
    }

    @Test
    void triesAnewWhatWasStoppedWithAnEarlierRun() {
        leaveInDoubt();
        server.failNext("stopped");
        submittedBefore();

        assertThat(execute().bigQueryJobId()).isEqualTo(SECOND);
        assertThat(door.intents.states()).containsExactly(IntentState.FAILED, IntentState.DONE);
    }

    @Test
    void looksFirstAfterADeadlineLeftTheOutcomeUnknown() {
        Effect hasty = DoorUnderTest.effect(Duration.ofMillis(300));
        server.atNextInsert(server.replyLost());
        for (int i = 0; i < 8; i++) {
            server.atNextInsert((request, connection) -> connection.stall());
        }
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> door.jobs.execute(hasty, DoorUnderTest.STATEMENT))
                .satisfies(failure -> assertThat(failure.bigQueryJobId()).isEqualTo(FIRST));
        long inserts = server.inserts();

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
        assertThat(server.inserts()).isEqualTo(inserts);
        assertThat(server.ids()).containsExactly(FIRST);
    }

    @Test
    void keepsTheIntentOpenWhileBigQueryIsDown() {
        for (int i = 0; i < 8; i++) {
            server.atNextInsert((request, connection) -> connection.error(503, "backendError", "later"));
        }
        assertThatExceptionOfType(Transient.class)
                .isThrownBy(this::execute)
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(8));
        assertThat(door.intents.states()).containsExactly(IntentState.INTENT);

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
    }

    @Test
    void parksARefusedSubmissionUnderTheSameIdUntilTheQuotaIsRenewed() {
        server.atNextInsert((request, connection) -> connection.error(403, "quotaExceeded", "Quota exceeded: loads"));
        assertThatExceptionOfType(QuotaExhausted.class)
                .isThrownBy(this::execute)
                .withMessageContaining("not before 2026-11-24T10:10:00Z");
        assertThat(server.inserts()).isEqualTo(1);
        assertThat(door.intents.states()).containsExactly(IntentState.INTENT);

        assertThat(execute().bigQueryJobId()).isEqualTo(FIRST);
    }

    @Test
    void parksABigQueryJobThatMetAQuotaAndTriesUnderAnotherIdInTheNextRun() {
        server.failNext("quotaExceeded");
        assertThatExceptionOfType(QuotaExhausted.class)
                .isThrownBy(this::execute)
                .withMessageContaining(FIRST)
                .withMessageContaining("not before 2026-11-24T10:10:00Z");
        assertThat(server.inserts()).isEqualTo(1);
        assertThat(door.intents.states()).containsExactly(IntentState.FAILED);

        assertThat(execute().bigQueryJobId()).isEqualTo(SECOND);
    }

    @Test
    void passesBigQuerysOwnWordsOnWhenSomethingIsNotFound() {
        server.atNextInsert((request, connection) -> connection.error(404, "notFound", "Not found: Dataset p:d"));

        assertThatExceptionOfType(Permanent.class)
                .isThrownBy(this::execute)
                .withMessageContaining("Not found: Dataset p:d");
    }

    @Test
    void settlesALoadOfTooFewRowsAndSaysSoEveryTime() {
        var destination = JobResources.reference(DoorUnderTest.TABLE);
        server.put(
                FIRST,
                new Job()
                        .setConfiguration(new JobConfiguration()
                                .setLabels(Map.of("sluice_digest", "0123abcd"))
                                .setLoad(new JobConfigurationLoad().setDestinationTable(destination))));
        leaveInDoubt();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(Permanent.class)
                    .isThrownBy(() -> door.jobs.load(EFFECT, DoorUnderTest.load("{}\n{}\n", 2)))
                    .withMessageContaining("2 rows were sent")
                    .withMessageContaining("reports 1");
        }
        assertThat(door.intents.states()).containsExactly(IntentState.DONE);
    }
}
