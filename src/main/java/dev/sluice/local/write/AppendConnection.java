package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse.AppendResult;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Int64Value;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.sluice.local.load.LoadRefused;
import dev.sluice.local.load.ProtoMismatch;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One AppendRows call: requests are answered in their order, and what one of them says of stream, types and missing values
 * holds for the next ones. gRPC calls it from one thread at a time.
 */
final class AppendConnection implements StreamObserver<AppendRowsRequest> {

    private static final Logger log = LoggerFactory.getLogger(AppendConnection.class);

    private final Appends appends;
    private final WriteFaults faults;
    private final StreamObserver<AppendRowsResponse> answers;

    private final AppendSession session = new AppendSession();
    private boolean ended;

    AppendConnection(Appends appends, WriteFaults faults, StreamObserver<AppendRowsResponse> answers) {
        this.appends = appends;
        this.faults = faults;
        this.answers = answers;
    }

    @Override
    public void onNext(AppendRowsRequest request) {
        if (ended) {
            return;
        }
        try {
            answers.onNext(answer(request));
        } catch (WriteRefused e) {
            refuse(e);
        } catch (ProtoMismatch e) {
            String message = String.valueOf(e.getMessage());
            refuse(
                    e.hasExtraFields()
                            ? WriteRefused.extraFields(message, session.entity())
                            : WriteRefused.invalid(message, session.entity()));
        } catch (LoadRefused e) {
            refuse(WriteRefused.of(
                    Code.UNIMPLEMENTED,
                    StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                    String.valueOf(e.getMessage()),
                    session.entity()));
        } catch (io.grpc.StatusRuntimeException e) {
            end(e);
        } catch (RuntimeException e) {
            log.error("cannot append to {}", session.entity(), e);
            end(io.grpc.Status.INTERNAL
                    .withDescription("The local BigQuery failed; see its log")
                    .asRuntimeException());
        }
    }

    private void refuse(WriteRefused e) {
        if (!e.isAnswer()) {
            end(e.exception());
            return;
        }
        answers.onNext(error(e.status()).build());
        if (e.endsConnection()) {
            ended = true;
            answers.onCompleted();
        }
    }

    private void end(io.grpc.StatusRuntimeException e) {
        ended = true;
        answers.onError(e);
    }

    private AppendRowsResponse.Builder error(Status status) {
        return AppendRowsResponse.newBuilder().setWriteStream(session.entity()).setError(status);
    }

    private AppendRowsResponse answer(AppendRowsRequest request) {
        AppendRequest asked = session.understood(request);
        AppendOutcome outcome = faults.through("write.append", asked.stream().toString(), () -> appends.append(asked));
        AppendRowsResponse.Builder answer = outcome.errors().isEmpty()
                ? AppendRowsResponse.newBuilder()
                        .setWriteStream(session.entity())
                        .setAppendResult(result(outcome))
                : error(badRows()).addAllRowErrors(outcome.errors());
        if (session.isNew(outcome.fields())) {
            answer.setUpdatedSchema(StorageSchema.of(outcome.fields()));
        }
        return answer.build();
    }

    private static AppendResult result(AppendOutcome outcome) {
        AppendResult.Builder result = AppendResult.newBuilder();
        if (outcome.offset() != null) {
            result.setOffset(Int64Value.of(outcome.offset()));
        }
        return result.build();
    }

    private Status badRows() {
        return WriteRefused.invalid(
                        "Errors found while processing rows. Please refer to the row_errors field for details. The list"
                                + " may not be complete because of the size limitations.",
                        session.entity())
                .status();
    }

    @Override
    public void onError(Throwable e) {
        ended = true;
    }

    @Override
    public void onCompleted() {
        if (!ended) {
            answers.onCompleted();
        }
    }
}
