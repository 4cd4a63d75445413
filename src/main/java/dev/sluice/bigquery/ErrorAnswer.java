package dev.sluice.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What BigQuery answered instead of what was asked for.
 *
 * @param reason BigQuery's word for it; {@code unknown} if it gave none
 * @param message without what may be a value of a row or of a statement
 * @param retryAfter zero if the server did not say
 */
record ErrorAnswer(int status, String reason, String message, Duration retryAfter) {

    static final String UNKNOWN = "unknown";

    static ErrorAnswer of(HttpResponseException e) {
        Optional<GoogleJsonError> details = e instanceof GoogleJsonResponseException json
                ? Optional.ofNullable(json.getDetails())
                : Optional.empty();
        String message = details.map(GoogleJsonError::getMessage).orElseGet(() -> String.valueOf(e.getMessage()));
        return new ErrorAnswer(
                e.getStatusCode(),
                details.map(GoogleJsonError::getErrors).map(ErrorAnswer::reason).orElse(UNKNOWN),
                ServerWords.of(message),
                retryAfter(e.getHeaders()));
    }

    private static String reason(List<GoogleJsonError.ErrorInfo> errors) {
        return errors.isEmpty() ? UNKNOWN : String.valueOf(errors.get(0).getReason());
    }

    private static Duration retryAfter(HttpHeaders headers) {
        String seconds = headers.getRetryAfter();
        boolean isNumber = seconds != null && seconds.matches("\\d{1,6}");
        return isNumber ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    String brief() {
        return "BigQuery answered %d %s".formatted(status, reason);
    }
}
