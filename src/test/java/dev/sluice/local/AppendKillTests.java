package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.sluice.sweep.Shard;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a real home server at seeded moments of appends; nothing acknowledged is lost, nothing comes twice. */
@Timeout(300)
class AppendKillTests {

    private static final int KILLS = 12;
    private static final int BLOCK = 10;
    private static final long LATEST_MILLIS = 1_500;
    private static final long SECONDS = 20;
    private static final DescriptorProto TYPE = DescriptorProto.newBuilder()
            .setName("Person")
            .addField(FieldDescriptorProto.newBuilder()
                    .setName("id")
                    .setNumber(1)
                    .setType(FieldDescriptorProto.Type.TYPE_INT64))
            .build();

    @TempDir
    private Path folder;

    @Test
    void whatWasAcknowledgedSurvivesTodaysKill() throws Exception {
        kill(LocalDate.now(ZoneOffset.UTC).toEpochDay(), List.of(1));
    }

    @Test
    @Tag("sweep")
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        kill(
                Long.getLong("sweep.seed", System.nanoTime()),
                IntStream.rangeClosed(1, KILLS)
                        .filter(Shard.chosen()::covers)
                        .boxed()
                        .toList());
    }

    private void kill(long seed, List<Integer> kills) throws Exception {
        var random = new Random(seed);
        for (int each : kills) {
            long moment = random.nextLong(LATEST_MILLIS);
            WriteStream.Type type = random.nextBoolean() ? WriteStream.Type.COMMITTED : WriteStream.Type.PENDING;
            System.out.printf("kill %d: %s appends after %d ms, seed %d%n", each, type, moment, seed);
            kill(folder.resolve("home" + each), type, moment);
        }
    }

    private static void kill(Path home, WriteStream.Type type, long moment) throws Exception {
        HomeServerProcess before = HomeServerProcess.start(home);
        before.send("POST", "/datasets", "{\"datasetReference\":{\"datasetId\":\"house\"}}");
        before.send(
                "POST",
                "/datasets/house/tables",
                "{\"tableReference\":{\"tableId\":\"people\"},\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"INTEGER\"},"
                        + "{\"name\":\"name\",\"type\":\"STRING\"}]}}");
        String stream;
        long acknowledged;
        try (StorageClient client = before.writes()) {
            stream = client.create("people", type).getName();
            acknowledged = appendUntilKilled(client, stream, before, moment);
        }

        HomeServerProcess after = HomeServerProcess.start(home);
        try (StorageClient client = after.writes()) {
            long rows = client.calls().finalizeWriteStream(stream).getRowCount();
            assertThat(rows).isBetween(acknowledged, acknowledged + BLOCK);
            assertThat(rows % BLOCK).isZero();
            if (type == WriteStream.Type.PENDING) {
                client.calls()
                        .batchCommitWriteStreams(BatchCommitWriteStreamsRequest.newBuilder()
                                .setParent(StorageClient.table("people"))
                                .addWriteStreams(stream)
                                .build());
            }
            String sql = "SELECT COUNT(*), COUNT(DISTINCT id), MAX(id) FROM house.people";
            assertThat(after.send("POST", "/queries", "{\"useLegacySql\":false,\"query\":\"%s\"}".formatted(sql)))
                    .contains("\"f\":[{\"v\":\"%1$d\"},{\"v\":\"%1$d\"},{\"v\":%2$s}]"
                            .formatted(rows, rows == 0 ? "null" : "\"" + (rows - 1) + "\""));
        } finally {
            after.kill();
        }
    }

    /** @return how many rows were acknowledged */
    private static long appendUntilKilled(StorageClient client, String stream, HomeServerProcess server, long moment)
            throws Exception {
        var killer = server.process().onExit();
        var timer = new Thread(() -> killAfter(server, moment));
        long acknowledged = 0;
        try (StreamWriter writer = client.rawWriter(stream, TYPE)) {
            timer.start();
            while (!killer.isDone()) {
                writer.append(rows(acknowledged), acknowledged).get(SECONDS, TimeUnit.SECONDS);
                acknowledged += BLOCK;
            }
        } catch (ExecutionException | TimeoutException e) {
            // the server has gone, and the client does not get through
        }
        timer.join();
        return acknowledged;
    }

    private static ProtoRows rows(long from) throws DescriptorValidationException {
        Descriptor type = FileDescriptor.buildFrom(
                        FileDescriptorProto.newBuilder().addMessageType(TYPE).build(), new FileDescriptor[0])
                .findMessageTypeByName(TYPE.getName());
        var rows = ProtoRows.newBuilder();
        LongStream.range(from, from + BLOCK)
                .mapToObj(id -> DynamicMessage.newBuilder(type)
                        .setField(type.findFieldByName("id"), id)
                        .build()
                        .toByteString())
                .forEach(rows::addSerializedRows);
        return rows.build();
    }

    private static void killAfter(HomeServerProcess server, long moment) {
        try {
            server.process().waitFor(moment, TimeUnit.MILLISECONDS);
            server.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
