package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsRequest.MissingValueInterpretation;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.rpc.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the requests of one connection have said of stream, types and missing values, and what its client knows. */
final class AppendSession {

    private static final int MAX_BYTES = 20 << 20;

    private @Nullable StreamName stream;
    /** The stream's name as the client writes it; a default stream has two. */
    private String entity = "";

    private @Nullable Descriptor type;
    private MissingValueInterpretation missing = MissingValueInterpretation.NULL_VALUE;
    /** That the client knows; null before the first answer. */
    private @Nullable List<TableFieldSchema> known;

    /** The stream, as its client calls it. */
    String entity() {
        return entity;
    }

    /** Whether the client knows other columns; from now on it knows these. */
    boolean isNew(List<TableFieldSchema> fields) {
        boolean isNew = known != null && !known.equals(fields);
        known = fields;
        return isNew;
    }

    /** @throws WriteRefused if the request does not go with those before it */
    AppendRequest understood(AppendRowsRequest request) {
        StreamName destination = destination(request);
        requireSupported(request);
        if (request.getDefaultMissingValueInterpretation()
                != MissingValueInterpretation.MISSING_VALUE_INTERPRETATION_UNSPECIFIED) {
            missing = request.getDefaultMissingValueInterpretation();
        }
        Descriptor rowType = type(request);
        List<ByteString> rows = request.getProtoRows().getRows().getSerializedRowsList();
        if (rows.isEmpty()) {
            throw WriteRefused.append(
                    Code.INVALID_ARGUMENT,
                    StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                    "Rows must be specified.",
                    entity());
        }
        return new AppendRequest(
                destination,
                rowType,
                rows,
                request.hasOffset() ? request.getOffset().getValue() : null,
                missing,
                request.getMissingValueInterpretationsMap());
    }

    private void requireSupported(AppendRowsRequest request) {
        if (request.getSerializedSize() > MAX_BYTES) {
            throw WriteRefused.tooLarge(request.getSerializedSize(), MAX_BYTES, entity());
        }
        if (request.hasArrowRows()) {
            throw WriteRefused.unsupported("rows in Arrow format", entity());
        }
        if (request.getMissingValueInterpretationsMap()
                .containsValue(MissingValueInterpretation.MISSING_VALUE_INTERPRETATION_UNSPECIFIED)) {
            throw WriteRefused.invalid("Missing value interpretations must be specified.", entity());
        }
    }

    private StreamName destination(AppendRowsRequest request) {
        if (!request.getWriteStream().isEmpty()) {
            entity = request.getWriteStream();
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
}
