package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import dev.sluice.bigquery.ScriptedServer.Script;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the pinned Google client loses and confuses jobs; {@code reliability.md} §1, D and E. */
class GoogleClientJobsTests {

    private static final int CHUNK = 256 << 10;
    private static final JobId ID =
            JobId.newBuilder().setProject("p").setJob("own").setLocation("US").build();
    private static final QueryJobConfiguration QUERY = QueryJobConfiguration.of("SELECT 1");
    private static final Instant NOW = Clock.systemUTC().instant();

    /** Knows the id already, for other work that began then. */
    private static Script taken(Instant since) {
        return (request, connection) -> {
            if (request.method().equals("POST")) {
                connection.error(409, "duplicate", "Already Exists: Job p:US.own");
                return;
            }
            connection.json(200, """
                    {"jobReference": {"projectId": "p", "jobId": "own", "location": "US"},
                     "statistics": {"creationTime": "%d"},
                     "configuration": {"jobType": "QUERY", "query": {"query": "DELETE FROM d.t WHERE true"}}}""".formatted(since.toEpochMilli()));
        };
    }

    private static Job create(GoogleClient client) {
        return client.bigquery.create(JobInfo.of(ID, QUERY));
    }

    @Test
    void takesAConflictForSuccessWithoutComparingTheWork() throws Exception {
        try (var client = new GoogleClient(taken(NOW.minus(Duration.ofMinutes(5))))) {
            Job job = create(client);
            assertThat(job.getConfiguration().toString()).contains("DELETE");
        }
    }

    @Test
    void returnsAJobOfNoStatusAfterAConflict() throws Exception {
        try (var client = new GoogleClient(taken(NOW.minus(Duration.ofMinutes(5))))) {
            assertThat(create(client).getStatus()).isNull();
        }
    }

    @Test
    void refusesAConflictWithAJobOfADayAgo() throws Exception {
        try (var client = new GoogleClient(taken(NOW.minus(Duration.ofHours(25))))) {
            assertThat(client.status(bigquery -> create(client))).isEqualTo(409);
        }
    }

    @Test
    void refusesAConflictIfTheServersClockIsAhead() throws Exception {
        try (var client = new GoogleClient(taken(NOW.plus(Duration.ofMinutes(1))))) {
            assertThat(client.status(bigquery -> create(client))).isEqualTo(409);
        }
    }

    /** Keeps so many bytes of each chunk; a strict server would refuse what then follows. */
    private static Script upload(int kept) {
        return (request, connection) -> {
            if (request.method().equals("POST")) {
                connection.answer(
                        200, Map.of("Location", "http://" + request.headers().get("host") + "/session"), "");
            } else if (String.valueOf(request.headers().get("content-range")).endsWith("/*")) {
                connection.answer(308, Map.of("Range", "bytes=0-" + (kept - 1)), "");
            } else {
                connection.json(200, "{\"jobReference\": {\"projectId\": \"p\", \"jobId\": \"own\"}}");
            }
        };
    }

    private static TableDataWriteChannel send(GoogleClient client, int size) throws Exception {
        var load = WriteChannelConfiguration.newBuilder(TableId.of("d", "t"), FormatOptions.json())
                .build();
        TableDataWriteChannel channel = client.bigquery.writer(ID, load);
        channel.setChunkSize(CHUNK);
        channel.write(ByteBuffer.allocate(size));
        channel.close();
        return channel;
    }

    private static List<String> ranges(GoogleClient client) {
        return client.server.requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .map(request -> String.valueOf(request.headers().get("content-range")))
                .toList();
    }

    @Test
    void sendsALoadThatDoesNotFillItsLastChunk() throws Exception {
        try (var client = new GoogleClient(upload(CHUNK))) {
            assertThat(send(client, CHUNK + 1).getJob()).isNotNull();
            assertThat(ranges(client)).containsExactly("bytes 0-262143/*", "bytes 262144-262144/262145");
        }
    }

    @Test
    void losesALoadThatFillsItsLastChunkAndIsHappy() throws Exception {
        try (var client = new GoogleClient(upload(CHUNK))) {
            assertThat(send(client, CHUNK).getJob()).isNull();
            assertThat(ranges(client)).containsExactly("bytes 0-262143/*");
        }
    }

    @Test
    void losesALoadOfNothing() throws Exception {
        try (var client = new GoogleClient(upload(CHUNK))) {
            assertThat(send(client, 0).getJob()).isNull();
            assertThat(ranges(client)).isEmpty();
        }
    }

    @Test
    void goesOnBehindBytesThatTheServerHasNotKept() throws Exception {
        try (var client = new GoogleClient(upload(1_000))) {
            send(client, CHUNK + 1);
            assertThat(ranges(client)).as("a hole").containsExactly("bytes 0-262143/*", "bytes 262144-262144/262145");
        }
    }
}
