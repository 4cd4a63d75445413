package dev.sluice.local;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.ProtoSchema;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Int64Value;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.json.JSONArray;

/** Google's own client of the Storage Write API, at a local server. */
final class StorageClient implements AutoCloseable {

    private static final long SECONDS = 20;

    /** Kept, because java.util.logging forgets the levels of loggers that nobody holds. */
    private static final Logger CLIENT_LOG = Logger.getLogger("com.google.cloud.bigquery.storage.v1");

    static {
        CLIENT_LOG.setLevel(Level.OFF);
    }

    private final BigQueryWriteClient client;
    private final InstantiatingGrpcChannelProvider channels;
    private final FixedCredentialsProvider credentials;

    StorageClient(String address, String token) throws IOException {
        this.channels = BigQueryWriteSettings.defaultGrpcTransportProviderBuilder()
                .setEndpoint(address)
                .setChannelConfigurator(channel -> channel.usePlaintext())
                .build();
        this.credentials = FixedCredentialsProvider.create(
                OAuth2Credentials.create(new AccessToken(token, Date.from(Instant.parse("2100-01-01T00:00:00Z")))));
        this.client = BigQueryWriteClient.create(BigQueryWriteSettings.newBuilder()
                .setTransportChannelProvider(channels)
                .setCredentialsProvider(credentials)
                .build());
    }

    static StorageClient of(LocalServer server) throws IOException {
        return new StorageClient(server.writeAddress(), LocalServer.TOKEN);
    }

    static String table(String name) {
        return "projects/%s/datasets/house/tables/%s".formatted(LocalServer.PROJECT, name);
    }

    BigQueryWriteClient calls() {
        return client;
    }

    WriteStream create(String table, WriteStream.Type type) {
        return client.createWriteStream(
                table(table), WriteStream.newBuilder().setType(type).build());
    }

    long flush(WriteStream stream, long offset) {
        return client.flushRows(FlushRowsRequest.newBuilder()
                        .setWriteStream(stream.getName())
                        .setOffset(Int64Value.of(offset))
                        .build())
                .getOffset();
    }

    /** @param stream its name, or a table's for its default stream */
    JsonStreamWriter writer(String stream) throws IOException, InterruptedException {
        return writer(stream, Map.of());
    }

    JsonStreamWriter writer(String stream, Map<String, MissingValueInterpretation> missing)
            throws IOException, InterruptedException {
        try {
            return JsonStreamWriter.newBuilder(stream, client)
                    .setMissingValueInterpretationMap(missing)
                    .setChannelProvider(channels)
                    .setCredentialsProvider(credentials)
                    .build();
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    /** For rows that are encoded already; it tries nothing twice. */
    StreamWriter rawWriter(String stream, DescriptorProto type) throws IOException {
        return rawWriterOf(stream.contains("/streams/") ? stream : stream + "/streams/_default", type);
    }

    /** @param stream its name, as it is sent */
    StreamWriter rawWriterOf(String stream, DescriptorProto type) throws IOException {
        return rawWriterOf(stream, type, Map.of());
    }

    StreamWriter rawWriterOf(String stream, DescriptorProto type, Map<String, MissingValueInterpretation> missing)
            throws IOException {
        return StreamWriter.newBuilder(stream, client)
                .setMissingValueInterpretationMap(missing)
                .setWriterSchema(
                        ProtoSchema.newBuilder().setProtoDescriptor(type).build())
                .setChannelProvider(channels)
                .setCredentialsProvider(credentials)
                .setMaxRetryDuration(Duration.ZERO)
                .build();
    }

    static AppendRowsResponse appendRaw(StreamWriter writer, ByteString... rows)
            throws InterruptedException, ExecutionException {
        try {
            return writer.append(ProtoRows.newBuilder()
                            .addAllSerializedRows(List.of(rows))
                            .build())
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Appends rows, each a JSON object, at an offset or, with -1, at the end. */
    static AppendRowsResponse append(JsonStreamWriter writer, long offset, String... rows)
            throws IOException, InterruptedException, ExecutionException {
        try {
            var array = new JSONArray("[" + String.join(",", rows) + "]");
            ApiFuture<AppendRowsResponse> answer = offset < 0 ? writer.append(array) : writer.append(array, offset);
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (Exceptions.AppendSerializationError e) {
            throw new AssertionError(e.getRowIndexToErrorMessage().toString(), e);
        } catch (DescriptorValidationException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** As many rows as ids. */
    static String[] people(int... ids) {
        List<String> rows = Arrays.stream(ids)
                .mapToObj("{\"id\":%d,\"name\":\"n\"}"::formatted)
                .toList();
        return rows.toArray(String[]::new);
    }

    @Override
    public void close() {
        client.close();
    }
}
