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
    private final boolean endsConnection;

    private WriteRefused(Code status, StorageErrorCode code, String message, String entity, boolean endsConnection) {
        super("%s Entity: %s".formatted(message, entity), null, false, false);
        this.status = status;
        this.code = code;
        this.entity = entity;
        this.endsConnection = endsConnection;
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

    public static WriteRefused noTable(String message, String entity) {
        return of(Code.NOT_FOUND, StorageErrorCode.TABLE_NOT_FOUND, message, entity);
    }

    /** What ends the connection on which it was asked. */
    public static WriteRefused of(Code status, StorageErrorCode code, String message, String entity) {
        return new WriteRefused(status, code, message, entity, true);
    }

    /** What concerns one append; the next one on the connection may be done. */
    static WriteRefused append(Code status, StorageErrorCode code, String message, String entity) {
        return new WriteRefused(status, code, message, entity, false);
    }

    Code code() {
        return status;
    }

    boolean endsConnection() {
        return endsConnection;
    }

    StorageError storageError() {
        return StorageError.newBuilder()
                .setCode(code)
                .setEntity(entity)
                .setErrorMessage(String.valueOf(getMessage()))
                .build();
    }

    Status status() {
        Status.Builder built = Status.newBuilder().setCode(status.getNumber()).setMessage(String.valueOf(getMessage()));
        if (code != StorageErrorCode.STORAGE_ERROR_CODE_UNSPECIFIED) {
            built.addDetails(Any.pack(storageError()));
        }
        return built.build();
    }

    StatusRuntimeException exception() {
        return StatusProto.toStatusRuntimeException(status());
    }
}
