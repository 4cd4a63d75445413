package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsRequest;
import com.google.cloud.bigquery.storage.v1.BatchCommitWriteStreamsResponse;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteGrpc;
import com.google.cloud.bigquery.storage.v1.CreateWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.FinalizeWriteStreamResponse;
import com.google.cloud.bigquery.storage.v1.FlushRowsRequest;
import com.google.cloud.bigquery.storage.v1.FlushRowsResponse;
import com.google.cloud.bigquery.storage.v1.GetWriteStreamRequest;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of the Storage Write API, as gRPC brings them. */
final class WriteService extends BigQueryWriteGrpc.BigQueryWriteImplBase {

    private static final Logger log = LoggerFactory.getLogger(WriteService.class);

    private final WriteFaults faults;
    private final StreamCalls calls;
    private final Appends appends;

    WriteService(WriteStore store, WriteFaults faults) {
        this.faults = faults;
        this.calls = new StreamCalls(store);
        this.appends = new Appends(store);
    }

    @Override
    public StreamObserver<AppendRowsRequest> appendRows(StreamObserver<AppendRowsResponse> answers) {
        return new AppendConnection(appends, faults, answers);
    }

    @Override
    public void createWriteStream(CreateWriteStreamRequest request, StreamObserver<WriteStream> answer) {
        answer("write.create", request.getParent(), answer, () -> calls.create(request));
    }

    @Override
    public void getWriteStream(GetWriteStreamRequest request, StreamObserver<WriteStream> answer) {
        answer("write.get", request.getName(), answer, () -> calls.get(request));
    }

    @Override
    public void flushRows(FlushRowsRequest request, StreamObserver<FlushRowsResponse> answer) {
        answer("write.flush", request.getWriteStream(), answer, () -> calls.flush(request));
    }

    @Override
    public void finalizeWriteStream(
            FinalizeWriteStreamRequest request, StreamObserver<FinalizeWriteStreamResponse> answer) {
        answer("write.finalize", request.getName(), answer, () -> calls.finish(request));
    }

    @Override
    public void batchCommitWriteStreams(
            BatchCommitWriteStreamsRequest request, StreamObserver<BatchCommitWriteStreamsResponse> answer) {
        answer("write.commit", request.getParent(), answer, () -> calls.commit(request));
    }

    private <T> void answer(String kind, String entity, StreamObserver<T> answer, Supplier<T> call) {
        T result;
        try {
            result = faults.through(kind, entity, call);
        } catch (WriteRefused e) {
            answer.onError(e.exception());
            return;
        } catch (StatusRuntimeException e) {
            answer.onError(e);
            return;
        } catch (RuntimeException e) {
            log.error("cannot answer a call of the Storage Write API", e);
            answer.onError(Status.INTERNAL
                    .withDescription("The local BigQuery failed; see its log")
                    .asRuntimeException());
            return;
        }
        answer.onNext(result);
        answer.onCompleted();
    }
}
