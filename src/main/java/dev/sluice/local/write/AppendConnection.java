package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse.AppendResult;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Int64Value;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.sluice.local.load.LoadRefused;
import dev.sluice.local.load.ProtoMismatch;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One AppendRows call: requests are answered in their order, and what one of them says of stream, types and missing values
 * holds for the next ones. gRPC calls it from one thread at a time.
 */
final class AppendConnection implements StreamObserver<AppendRowsRequest> {

    private static final Logger log = LoggerFactory.getLogger(AppendConnection.class);

    private static final int MAX_BYTES = 20 << 20;

    private final Appends appends;
    private final WriteFaults faults;
    private final StreamObserver<AppendRowsResponse> answers;

    private @Nullable StreamName stream;
    private @Nullable Descriptor type;
    private MissingValueInterpretation missing = MissingValueInterpretation.NULL_VALUE;
    /** That the client knows; null before the first answer. */
    private @Nullable List<TableFieldSchema> known;

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
            StorageErrorCode code = e.hasExtraFields()
                    ? StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS
                    : StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED;
            refuse(WriteRefused.of(Code.INVALID_ARGUMENT, code, String.valueOf(e.getMessage()), entity()));
        } catch (LoadRefused e) {
            refuse(WriteRefused.of(
                    Code.UNIMPLEMENTED,
                    StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                    String.valueOf(e.getMessage()),
                    entity()));
        } catch (io.grpc.StatusRuntimeException e) {
            end(e);
        } catch (RuntimeException e) {
            log.error("cannot append to {}", entity(), e);
            end(io.grpc.Status.INTERNAL
                    .withDescription("The local BigQuery failed; see its log")
                    .asRuntimeException());
        }
    }

    private String entity() {
        return String.valueOf(stream);
    }

    private void refuse(WriteRefused e) {
        if (e.endsConnection()) {
            end(e.exception());
        } else {
            answers.onNext(error(e.status()).build());
        }
    }

    private void end(io.grpc.StatusRuntimeException e) {
        ended = true;
        answers.onError(e);
    }

    private AppendRowsResponse.Builder error(Status status) {
        return AppendRowsResponse.newBuilder().setWriteStream(entity()).setError(status);
    }

    private AppendRowsResponse answer(AppendRowsRequest request) {
        Appends.Request asked = understood(request);
        Appends.Outcome outcome =
                faults.through("write.append", asked.stream().toString(), () -> appends.append(asked));
        AppendRowsResponse.Builder answer = outcome.errors().isEmpty()
                ? AppendRowsResponse.newBuilder().setWriteStream(entity()).setAppendResult(result(outcome))
                : error(badRows()).addAllRowErrors(outcome.errors());
        if (known != null && !known.equals(outcome.fields())) {
            answer.setUpdatedSchema(StorageSchema.of(outcome.fields()));
        }
        known = outcome.fields();
        return answer.build();
    }

    private static AppendResult result(Appends.Outcome outcome) {
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
                        entity())
                .status();
    }

    private Appends.Request understood(AppendRowsRequest request) {
        StreamName destination = destination(request);
        if (request.getSerializedSize() > MAX_BYTES) {
            throw WriteRefused.invalid(
                    "MessageSize is too large. Max allow: %d Actual: %d"
                            .formatted(MAX_BYTES, request.getSerializedSize()),
                    entity());
        }
        if (request.hasArrowRows()) {
            throw WriteRefused.unsupported("rows in Arrow format", entity());
        }
        if (request.getDefaultMissingValueInterpretation()
                != MissingValueInterpretation.MISSING_VALUE_INTERPRETATION_UNSPECIFIED) {
            missing = request.getDefaultMissingValueInterpretation();
        }
        List<com.google.protobuf.ByteString> rows =
                request.getProtoRows().getRows().getSerializedRowsList();
        if (rows.isEmpty()) {
            throw WriteRefused.invalid("Rows must be specified.", entity());
        }
        return new Appends.Request(
                destination,
                type(request),
                rows,
                request.hasOffset() ? request.getOffset().getValue() : null,
                missing,
                request.getMissingValueInterpretationsMap());
    }

    private StreamName destination(AppendRowsRequest request) {
        if (!request.getWriteStream().isEmpty()) {
            StreamName named = StreamName.of(request.getWriteStream());
            if (!named.equals(stream)) {
                requireDefault(named);
                stream = named;
                type = null;
                known = null;
            }
        }
        if (stream == null) {
            throw WriteRefused.invalid("The first request must name a write stream.", "");
        }
        return stream;
    }

    /** Only default streams share a connection. */
    private void requireDefault(StreamName named) {
        if (stream != null && !(stream.isDefault() && named.isDefault())) {
            throw WriteRefused.invalid(
                    "The write stream of a connection cannot change except among default streams.", named.toString());
        }
    }

    private Descriptor type(AppendRowsRequest request) {
        if (request.getProtoRows().getWriterSchema().hasProtoDescriptor()) {
            type = RowType.of(request.getProtoRows().getWriterSchema().getProtoDescriptor(), entity());
        }
        if (type == null) {
            throw WriteRefused.invalid("The first request to a stream must have a writer schema.", entity());
        }
        return type;
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
