package dev.sluice.local;

import com.google.api.services.bigquery.model.ErrorProto;

/** An answer that is an error, in BigQuery's own form. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    ApiError(int status, String reason, String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    static ApiError notFound(String what) {
        return new ApiError(404, "notFound", "Not found: " + what);
    }

    static ApiError duplicate(String what) {
        return new ApiError(409, "duplicate", "Already Exists: " + what);
    }

    static ApiError invalid(String message) {
        return new ApiError(400, "invalid", message);
    }

    static ApiError unsupported(String what) {
        return new ApiError(501, "notImplemented", "The local BigQuery does not support " + what);
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    ErrorProto proto() {
        return new ErrorProto().setReason(reason).setMessage(getMessage());
    }
}
