package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.ErrorProto;
import dev.sluice.local.load.LoadRefused;
import dev.sluice.local.sql.SqlRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An answer that is an error, in BigQuery's own form. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;
    private static final String INVALID_QUERY = "invalidQuery";
    private static final Pattern ABSENT =
            Pattern.compile("Not found: (Table|Dataset) (?!.* was not found in location ).*");

    private final int status;
    private final String reason;
    private final String location;
    private final transient List<ErrorProto> details;

    ApiError(int status, String reason, String message) {
        this(status, reason, reason.equals(INVALID_QUERY) ? "query" : "", message, List.of());
    }

    private ApiError(int status, String reason, String location, String message, List<ErrorProto> details) {
        super(message);
        this.status = status;
        this.reason = reason;
        this.location = location;
        this.details = details;
    }

    static ApiError of(LoadRefused e) {
        return new ApiError(
                status(e.reason()),
                e.reason(),
                e.location(),
                String.valueOf(e.getMessage()),
                LoadEffects.protos(e.rows()));
    }

    static ApiError of(SqlRefused e) {
        var error = new ApiError(BAD_REQUEST, e.reason(), String.valueOf(e.getMessage()));
        error.initCause(e);
        return error;
    }

    static ApiError notFound(String what) {
        return new ApiError(404, "notFound", "Not found: " + what);
    }

    /** As a query tells it, which says where it has looked for a table or a dataset. */
    ApiError lookedForIn(String location) {
        String message = String.valueOf(getMessage());
        return reason.equals("notFound") && ABSENT.matcher(message).matches()
                ? new ApiError(status, reason, message + " was not found in location " + location)
                : this;
    }

    static ApiError duplicate(String what) {
        return new ApiError(409, "duplicate", "Already Exists: " + what);
    }

    static ApiError invalid(String message) {
        return new ApiError(BAD_REQUEST, "invalid", message);
    }

    /** @param why begins with a space if it is said */
    static ApiError unreadable(String why) {
        return new ApiError(
                BAD_REQUEST, "parseError", "Invalid JSON payload received" + (why.isEmpty() ? "" : "." + why));
    }

    static ApiError unsupported(String what) {
        return new ApiError(501, "notImplemented", "The local BigQuery does not support " + what);
    }

    static ApiError quota(String reason, String what) {
        return new ApiError(
                403,
                reason,
                what + ". For more information, see https://cloud.google.com/bigquery/docs/troubleshoot-quotas");
    }

    /** A query needs more memory than there is; it would again. */
    static ApiError resources() {
        return new ApiError(
                BAD_REQUEST,
                "resourcesExceeded",
                "Resources exceeded during query execution: The query could not be executed in the allotted memory.");
    }

    /** What a job ends with that was cancelled or timed out. */
    static ApiError stopped(String why) {
        return new ApiError(BAD_REQUEST, "stopped", "Job execution was cancelled: " + why);
    }

    /** A fault of this server's own; the same request may work later. */
    static ApiError backend(String what) {
        return new ApiError(503, "backendError", "The local BigQuery failed: %s; try again".formatted(what));
    }

    static ApiError internal(String what) {
        return new ApiError(500, "internalError", "The local BigQuery failed: " + what);
    }

    /** The error of a job that is DONE, as the answer to a request for its result. */
    static ApiError of(ErrorProto error) {
        return new ApiError(
                status(String.valueOf(error.getReason())),
                String.valueOf(error.getReason()),
                String.valueOf(error.getMessage()));
    }

    private static int status(String reason) {
        return switch (reason) {
            case "rateLimitExceeded", "quotaExceeded" -> 403;
            case "notFound" -> 404;
            case "duplicate" -> 409;
            case "notImplemented" -> 501;
            case "internalError" -> 500;
            case "backendError" -> 503;
            default -> BAD_REQUEST;
        };
    }

    int status() {
        return status;
    }

    /** Whether BigQuery may have answered something else: it is this server that fails, or that does not do it. */
    boolean isOwn() {
        return status >= 500 || getCause() instanceof SqlRefused refused && refused.isOwn();
    }

    String reason() {
        return reason;
    }

    /** As a job has it; where it happened is a file's URI, or "query". */
    ErrorProto proto() {
        return new ErrorProto()
                .setReason(reason)
                .setLocation(location.isEmpty() ? null : location)
                .setMessage(getMessage());
    }

    /** The errors of a job that ended with this. */
    List<ErrorProto> protos() {
        return Stream.concat(Stream.of(proto()), details.stream()).toList();
    }

    GenericJson body() {
        String message = String.valueOf(getMessage());
        var body = new GenericJson();
        body.put(
                "error",
                Map.of(
                        "code",
                        status,
                        "message",
                        message,
                        "errors",
                        List.of(error(message)),
                        "status",
                        googleStatus()));
        return body;
    }

    private Map<String, String> error(String message) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("domain", "global");
        error.put("reason", reason);
        if (reason.equals(INVALID_QUERY)) {
            error.put("location", "q");
            error.put("locationType", "parameter");
        }
        return error;
    }

    private String googleStatus() {
        return switch (status) {
            case BAD_REQUEST -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> reason.equals("aborted") ? "ABORTED" : "ALREADY_EXISTS";
            case 412 -> "FAILED_PRECONDITION";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
    }
}
