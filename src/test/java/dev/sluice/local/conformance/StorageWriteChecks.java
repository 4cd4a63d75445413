package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.junit.jupiter.api.DynamicTest;

/** Streams of the Storage Write API. */
final class StorageWriteChecks extends Area {

    private static final long SECONDS = 60;

    StorageWriteChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "write-api";
    }

    private interface Work {
        void with(BigQueryWriteClient client) throws Exception;
    }

    private DynamicTest writes(String sentence, Work work) {
        return check(sentence, () -> work.with(at.writes()));
    }

    private String table() {
        return "projects/%s/datasets/%s/tables/appended".formatted(at.project(), at.dataset());
    }

    private WriteStream stream(BigQueryWriteClient client, WriteStream.Type type) {
        return client.createWriteStream(
                table(), WriteStream.newBuilder().setType(type).build());
    }

    /** @param offset -1 for the end */
    private void append(BigQueryWriteClient client, String stream, long offset, int... ids)
            throws IOException, InterruptedException, ExecutionException {
        String rows = Arrays.stream(ids).mapToObj("{\"id\":%d}"::formatted).collect(Collectors.joining(",", "[", "]"));
        try (var writer = JsonStreamWriter.newBuilder(stream, client).build()) {
            var answer = offset < 0 ? writer.append(new JSONArray(rows)) : writer.append(new JSONArray(rows), offset);
            answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (DescriptorValidationException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void holds(String rows) throws InterruptedException {
        assertThat(at.rows("SELECT id FROM $.appended ORDER BY id")).isEqualTo(rows);
    }

    private static BatchCommitWriteStreamsRequest commit(String table, WriteStream stream) {
        return BatchCommitWriteStreamsRequest.newBuilder()
                .setParent(table)
                .addWriteStreams(stream.getName())
                .build();
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(
                writes("rows of the default stream are there at once", client -> {
                    at.run("CREATE TABLE $.appended (id INT64)");
                    append(client, table(), -1, 1, 2);
                    holds("[[1], [2]]");
                }),
                writes("rows of a committed stream are there at once", client -> {
                    WriteStream stream = stream(client, WriteStream.Type.COMMITTED);
                    append(client, stream.getName(), 0, 3);
                    holds("[[1], [2], [3]]");
                }),
                writes("an offset is written once", client -> {
                    WriteStream stream = stream(client, WriteStream.Type.COMMITTED);
                    append(client, stream.getName(), 0, 4);
                    assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(() -> append(client, stream.getName(), 0, 4))
                            .withCauseInstanceOf(Exceptions.OffsetAlreadyExists.class);
                    holds("[[1], [2], [3], [4]]");
                }),
                writes("an offset is not skipped", client -> {
                    WriteStream stream = stream(client, WriteStream.Type.COMMITTED);
                    assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(() -> append(client, stream.getName(), 7, 5))
                            .withCauseInstanceOf(Exceptions.OffsetOutOfRange.class);
                }),
                writes("rows of a pending stream wait for the commit", client -> {
                    WriteStream stream = stream(client, WriteStream.Type.PENDING);
                    append(client, stream.getName(), 0, 6, 7);
                    holds("[[1], [2], [3], [4]]");
                    assertThat(client.finalizeWriteStream(stream.getName()).getRowCount())
                            .isEqualTo(2);
                    assertThat(client.batchCommitWriteStreams(commit(table(), stream))
                                    .getStreamErrorsList())
                            .isEmpty();
                    holds("[[1], [2], [3], [4], [6], [7]]");
                }),
                writes("a stream is committed when it is final", client -> {
                    WriteStream stream = stream(client, WriteStream.Type.PENDING);
                    append(client, stream.getName(), 0, 8);
                    assertThat(client.batchCommitWriteStreams(commit(table(), stream))
                                    .getStreamErrorsList())
                            .isNotEmpty();
                    holds("[[1], [2], [3], [4], [6], [7]]");
                }),
                writes(
                        "a stream needs its table, and is not told that there is none",
                        client -> assertThatExceptionOfType(PermissionDeniedException.class)
                                .isThrownBy(() -> client.createWriteStream(
                                        table() + "_missing",
                                        WriteStream.newBuilder()
                                                .setType(WriteStream.Type.PENDING)
                                                .build()))));
    }
}
