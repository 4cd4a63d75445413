package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/** A call of the Storage Write API that is not done, in BigQuery's words; with its storage error where it has one. */
public final class WriteRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code status;
    private final StorageErrorCode code;
    private final String entity;
    private final String detail;
    private final Reach reach;

    private enum Reach {
        CONNECTION,
        APPEND,
        APPEND_AND_ALL_AFTER
    }

    private WriteRefused(Code status, StorageErrorCode code, String message, String entity, Reach reach) {
        this(status, code, "%s Entity: %s".formatted(message, entity), message, entity, reach);
    }

    private WriteRefused(
            Code status, StorageErrorCode code, String message, String detail, String entity, Reach reach) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.entity = entity;
        this.detail = detail;
        this.reach = reach;
    }

    /** A request that no state of the stream would make right. */
    static WriteRefused invalid(String message, String entity) {
        return of(Code.INVALID_ARGUMENT, StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED, message, entity);
    }

    public static WriteRefused unsupported(String what, String entity) {
        return of(
                Code.UNIMPLEMENTED,
                StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                "The local BigQuery does not support " + what,
                entity);
    }

    /** @param table {@code projects/<project>/datasets/<dataset>/tables/<table>} */
    public static WriteRefused noTable(TablePermission permission, String table) {
        String message = "Permission '%s' denied on resource '%s' (or it may not exist).".formatted(permission, table);
        return new WriteRefused(
                Code.PERMISSION_DENIED,
                StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                message,
                message,
                table,
                Reach.CONNECTION);
    }

    /** What ends the connection on which it was asked. */
    public static WriteRefused of(Code status, StorageErrorCode code, String message, String entity) {
        return new WriteRefused(status, code, message, entity, Reach.CONNECTION);
    }

    /** What concerns one append; the next one on the connection may be done. */
    static WriteRefused append(Code status, StorageErrorCode code, String message, String entity) {
        return new WriteRefused(status, code, message, entity, Reach.APPEND);
    }

    static WriteRefused tooLarge(long bytes, long limit, String entity) {
        return new WriteRefused(
                Code.INVALID_ARGUMENT,
                StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED,
                "AppendRows request too large: %d limit %d".formatted(bytes, limit),
                entity,
                Reach.APPEND_AND_ALL_AFTER);
    }

    static WriteRefused extraFields(String message, String entity) {
        return new WriteRefused(
                Code.INVALID_ARGUMENT,
                StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS,
                "%s Entity: %s".formatted(message, entity),
                "Schema mismatch due to extra fields in user schema",
                entity,
                Reach.CONNECTION);
    }

    Code code() {
        return status;
    }

    /** Whether it is told as the answer to its request. */
    boolean isAnswer() {
        return reach != Reach.CONNECTION;
    }

    boolean endsConnection() {
        return reach != Reach.APPEND;
    }

    /** As a commit tells it of one of its streams. */
    StorageError streamError() {
        return storageError(detail);
    }

    private StorageError storageError(String told) {
        return StorageError.newBuilder()
                .setCode(code)
                .setEntity(entity)
                .setErrorMessage(told)
                .build();
    }

    Status status() {
        Status.Builder built = Status.newBuilder().setCode(status.getNumber()).setMessage(String.valueOf(getMessage()));
        if (code != StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED) {
            boolean extra = code == StorageErrorCode.SCHEMA_MISMATCH_EXTRA_FIELDS;
            built.addDetails(Any.pack(storageError(extra ? detail : String.valueOf(getMessage()))));
        }
        return built.build();
    }

    StatusRuntimeException exception() {
        return StatusProto.toStatusRuntimeException(status());
    }
}
