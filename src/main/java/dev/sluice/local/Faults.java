package dev.sluice.local;

import dev.sluice.local.functions.GoogleError;
import dev.sluice.local.sql.SqlRefused;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What DuckDB's failures mean to a client: its own mistake, this server's trouble, or two changes that met. */
final class Faults {

    private static final Logger log = LoggerFactory.getLogger(Faults.class);

    /** Of our own functions and guards; what a statement says itself stands behind {@link GoogleError#MARK}. */
    private static final Pattern OWN = Pattern.compile("[\\w ]+ Error: The local BigQuery ");

    private static final Set<String> REFUSALS =
            Set.of("Binder", "Catalog", "Constraint", "Conversion", "Invalid Input", "Out of Range", "Parser");

    private Faults() {}

    /** Two transactions changed the same thing; the later one may try again. */
    static boolean isConflict(SQLException e) {
        String message = text(e);
        return message.startsWith("TransactionContext Error")
                || message.startsWith("Transaction Error")
                || message.toLowerCase(Locale.ROOT).contains("write-write conflict");
    }

    /** A key is there already. */
    static boolean isDuplicate(SQLException e) {
        return text(e).startsWith("Constraint Error: Duplicate key");
    }

    /** DuckDB would say the same of the same statement again, whatever there is of memory and disk. */
    static boolean isRefusal(SQLException e) {
        return !isConflict(e) && REFUSALS.contains(kind(text(e)));
    }

    static ApiError of(SQLException e) {
        String message = text(e);
        if (isConflict(e)) {
            return ApiError.backend("another change was faster");
        }
        int raised = message.indexOf(GoogleError.MARK);
        if (raised >= 0) {
            String said = message.substring(raised + GoogleError.MARK.length());
            return new ApiError(400, "invalidQuery", said.lines().findFirst().orElse(""));
        }
        return switch (kind(message)) {
            case "Syntax", "Conversion", "Invalid Input", "Out of Range", "Constraint" ->
                failed(message.lines().findFirst().orElse(""));
            case "Binder", "Catalog", "Parser", "Not implemented" -> // names and types were right before
                ApiError.of(SqlRefused.own(
                        "The local BigQuery does not support this statement: " + withoutValues(message)));
            case "INTERRUPT" -> ApiError.backend("a statement was interrupted");
            case "Out of Memory" -> {
                log.warn(
                        "a statement needs more than the memory limit: {}",
                        message.lines().findFirst().orElse(""));
                yield ApiError.resources();
            }
            case "IO" -> {
                log.error("the local BigQuery's store failed", e);
                yield ApiError.backend(kind(message) + " error of its store");
            }
            default -> {
                log.error("the local BigQuery's store failed", e);
                yield ApiError.internal("an error of its store; see its log");
            }
        };
    }

    private static ApiError failed(String message) {
        if (OWN.matcher(message).lookingAt()) {
            return ApiError.of(SqlRefused.own(withoutValues(message.substring(message.indexOf(": ") + 2))));
        }
        return new ApiError(
                400, "invalidQuery", DuckDbErrors.inBigQuerysWords(message).orElseGet(() -> withoutValues(message)));
    }

    private static String kind(String message) {
        int end = message.indexOf(" Error:");
        return end < 0 ? "" : message.substring(0, end);
    }

    /** DuckDB quotes the value that it could not use. */
    private static String withoutValues(String message) {
        return message.lines().findFirst().orElse("").replaceAll("'[^']*'?", "'…'");
    }

    private static String text(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("java.sql.SQLException: ") ? message.substring(23) : message;
    }
}
