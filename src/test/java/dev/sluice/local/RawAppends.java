package dev.sluice.local;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc.BigQueryWriteStub;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** AppendRows calls of a client that keeps to none of the rules to which Google's clients keep. */
final class RawAppends implements AutoCloseable {

    private static final long SECONDS = 20;

    private final ManagedChannel channel;
    private final BigQueryWriteStub calls;

    private RawAppends(ManagedChannel channel, BigQueryWriteStub calls) {
        this.channel = channel;
        this.calls = calls;
    }

    static RawAppends of(LocalServer server) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + LocalServer.TOKEN);
        ManagedChannel channel = ManagedChannelBuilder.forTarget(server.writeAddress())
                .usePlaintext()
                .build();
        return new RawAppends(
                channel,
                BigQueryWriteGrpc.newStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)));
    }

    /**
     * What a connection was answered.
     *
     * @param end the error that ended it; null if it ended well
     */
    record Answers(List<AppendRowsResponse> all, @Nullable Status end) {

        Status error(int request) {
            return all.get(request).getError();
        }

        String endMessage() {
            return end == null ? "" : end.getMessage();
        }
    }

    static Optional<StorageError> detail(Status status) throws InvalidProtocolBufferException {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(StorageError.class)) {
                return Optional.of(detail.unpack(StorageError.class));
            }
        }
        return Optional.empty();
    }

    /** Sends all requests on one connection, and no more. */
    Answers append(AppendRowsRequest... requests) throws InterruptedException {
        var observer = new Observer();
        StreamObserver<AppendRowsRequest> connection = calls.appendRows(observer);
        for (AppendRowsRequest request : requests) {
            connection.onNext(request);
        }
        connection.onCompleted();
        if (!observer.ended.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no end: " + observer.answers);
        }
        return new Answers(List.copyOf(observer.answers), observer.error);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static final class Observer implements StreamObserver<AppendRowsResponse> {

        private final BlockingQueue<AppendRowsResponse> answers = new LinkedBlockingQueue<>();
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile @Nullable Status error;

        @Override
        public void onNext(AppendRowsResponse answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable e) {
            error = StatusProto.fromThrowable(e);
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            ended.countDown();
        }
    }
}
