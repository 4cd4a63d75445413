package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobReference;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumableUploadTests {

    private static final int CHUNK = 256 << 10;
    private static final Purpose PURPOSE = new Purpose(CallKind.BEGIN_UPLOAD, "load into d.t", "sluice-x-a1");

    private final UploadServer server = new UploadServer();
    private final AtomicInteger pauses = new AtomicInteger();
    private final RemoteCalls calls = DoorUnderTest.calls(time -> pauses.incrementAndGet());
    private DoorUnderTest door;

    @BeforeEach
    void open() throws IOException {
        door = new DoorUnderTest(server.url(), 2, Duration.ofSeconds(5), calls);
    }

    @AfterEach
    void close() throws IOException {
        door.assertNothingLeased();
        door.close();
        server.close();
    }

    private void send(LoadContent content) {
        var upload = new ResumableUpload(
                door.bigquery.getRequestFactory(), calls, URI.create(server.url() + "/upload/jobs"), CHUNK);
        Job job = new Job()
                .setJobReference(new JobReference().setJobId("sluice-x-a1"))
                .setConfiguration(new JobConfiguration());
        upload.send(job, content, PURPOSE, door.within(Duration.ofSeconds(20)));
    }

    private byte[] send(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        send(DoorUnderTest.content(bytes));
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17})
    void arrivesWholeWhateverItsSize(int size) {
        byte[] sent = send(size);

        assertThat(server.bytes()).isEqualTo(sent);
        assertThat(server.jobs()).containsExactly("sluice-x-a1");
        assertThat(server.ranges()).hasSize(Math.max(1, (size + CHUNK - 1) / CHUNK));
    }

    @Test
    void carriesTheTokenAndTheSizeFromTheStart() {
        send(10);
        assertThat(server.requests())
                .allSatisfy(request ->
                        assertThat(request.headers()).containsEntry("authorization", "Bearer " + DoorUnderTest.TOKEN));
        assertThat(server.requests().get(0).headers()).containsEntry("x-upload-content-length", "10");
    }

    @Test
    void goesOnWhereTheServerSaysThatItHasGotTo() {
        server.atNextPut(server.keepOnly(1000));
        server.atNextPut(server.keepOnly(0));
        byte[] sent = send(2 * CHUNK);

        assertThat(server.bytes()).isEqualTo(sent);
        assertThat(server.ranges())
                .containsExactly(
                        "bytes 0-262143/524288",
                        "bytes 1000-263143/524288",
                        "bytes 1000-263143/524288",
                        "bytes 263144-524287/524288");
    }

    @Test
    void asksBeforeItSendsAgainWhenAChunkFailed() {
        server.atNextPut(server.keepOnlyAndFail(500, 503));
        byte[] sent = send(CHUNK);

        assertThat(server.bytes()).isEqualTo(sent);
        assertThat(server.ranges())
                .containsExactly("bytes 0-262143/262144", "bytes */262144", "bytes 500-262143/262144");
    }

    @Test
    void learnsByAskingThatTheLastChunkHadArrived() {
        server.atNextPut(server.replyLost());
        byte[] sent = send(CHUNK);

        assertThat(server.bytes()).isEqualTo(sent);
        assertThat(server.jobs()).containsExactly("sluice-x-a1");
        assertThat(server.ranges()).containsExactly("bytes 0-262143/262144", "bytes */262144");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void beginsAnotherSessionForTheSameJobWhenOneIsGone(int status) {
        server.atNextPut(server.keepOnly(CHUNK));
        server.atNextPut((request, connection) -> connection.error(status, "notFound", "no such session"));
        byte[] sent = send(2 * CHUNK);

        assertThat(server.bytes()).isEqualTo(sent);
        assertThat(server.sessions()).isEqualTo(2);
        assertThat(server.jobs()).containsExactly("sluice-x-a1");
    }

    @Test
    void neverMakesTwoJobsWhenTheReplyIsLostAndTheSessionGone() {
        server.atNextPut(server.replyLost());
        server.atNextPut((request, connection) -> connection.error(410, "gone", "no such session"));
        send(100);

        assertThat(server.sessions()).isEqualTo(2);
        assertThat(server.jobs()).containsExactly("sluice-x-a1");
    }

    @Test
    void givesUpWhenEverySessionIsForgotten() {
        for (int i = 0; i < 3; i++) {
            server.atNextPut((request, connection) -> connection.error(410, "gone", "no such session"));
        }
        assertThatExceptionOfType(Transient.class)
                .isThrownBy(() -> send(100))
                .withMessageContaining("3 upload sessions");
    }

    @Test
    void sendsNothingForAJobThatIsThere() {
        server.atNextBegin((request, connection) -> connection.error(409, "duplicate", "Already Exists"));
        send(100);
        assertThat(server.ranges()).isEmpty();
    }

    @Test
    void pausesAndThenGivesUpWhenNothingIsAcknowledged() {
        for (int i = 0; i < 8; i++) {
            server.atNextPut(server.keepOnly(0));
        }
        assertThatExceptionOfType(Transient.class)
                .isThrownBy(() -> send(100))
                .withMessageContaining("after 0 of 100")
                .withMessageContaining("sluice-x-a1");
        assertThat(pauses).hasValue(8);
    }

    @Test
    void refusesToBelieveThatMoreHasArrivedThanWasSent() {
        server.atNextPut((request, connection) -> connection.answer(308, Map.of("Range", "bytes=0-999999"), ""));
        assertThatExceptionOfType(Permanent.class).isThrownBy(() -> send(2 * CHUNK));
    }

    @Test
    void asksAgainWhenTheAnswerNamesNoSession() {
        server.atNextBegin((request, connection) -> connection.answer(200, Map.of(), ""));
        assertThat(send(100)).isEqualTo(server.bytes());
    }

    @Test
    void sendsItsTokenNowhereElse() throws IOException {
        try (var thief = new ScriptedServer((request, connection) -> connection.json(200, "{}"))) {
            server.atNextBegin(
                    (request, connection) -> connection.answer(200, Map.of("Location", thief.url() + "/session"), ""));
            assertThatExceptionOfType(Permanent.class)
                    .isThrownBy(() -> send(100))
                    .withMessageContaining("127.0.0.1")
                    .withMessageNotContaining(DoorUnderTest.TOKEN);

            server.atNextBegin(
                    (request, connection) -> connection.answer(302, Map.of("Location", thief.url() + "/session"), ""));
            assertThatExceptionOfType(Permanent.class).isThrownBy(() -> send(100));
            assertThat(thief.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 101})
    void failsAtOnceIfTheContentHasAnotherLength(int length) {
        assertThatExceptionOfType(Permanent.class)
                .isThrownBy(() -> send(content(100, new ByteArrayInputStream(new byte[length]))))
                .withMessageContaining("100 bytes");
        assertThat(pauses).hasValue(0);
        assertThat(server.jobs()).isEmpty();
    }

    @Test
    void failsAtOnceIfTheContentCannotBeRead() {
        var broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }
        };
        assertThatExceptionOfType(Permanent.class).isThrownBy(() -> send(content(100, broken)));
        assertThat(pauses).hasValue(0);
        assertThat(server.ranges()).isEqualTo(List.of());
    }

    private static LoadContent content(long size, InputStream bytes) {
        return new LoadContent() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() {
                return bytes;
            }
        };
    }
}
