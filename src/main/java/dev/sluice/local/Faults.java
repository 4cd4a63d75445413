package dev.sluice.local;

import dev.sluice.local.functions.GoogleError;
import dev.sluice.local.sql.SqlRefused;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What DuckDB's failures mean to a client: its own mistake, this server's trouble, or two changes that met. */
final class Faults {

    private static final Logger log = LoggerFactory.getLogger(Faults.class);

    private static final Pattern OVERFLOW = Pattern.compile("Overflow in \\w+ of INT64 \\((.+)\\)!");

    private static final Pattern MISSING = Pattern.compile("NOT NULL constraint failed: \\w+\\.(.+)");

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
                failed(withoutValues(message));
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
        return OWN.matcher(message).lookingAt()
                ? ApiError.of(SqlRefused.own(message.substring(message.indexOf(": ") + 2)))
                : new ApiError(400, "invalidQuery", asBigQuerySays(message));
    }

    private static String kind(String message) {
        int end = message.indexOf(" Error:");
        return end < 0 ? "" : message.substring(0, end);
    }

    /** DuckDB quotes the value that it could not use. */
    private static String withoutValues(String message) {
        return message.lines().findFirst().orElse("").replaceAll("'[^']*'?", "'…'");
    }

    private static String asBigQuerySays(String message) {
        Matcher overflow = OVERFLOW.matcher(message);
        if (overflow.find()) {
            return "int64 overflow: " + overflow.group(1);
        }
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            return "Required field %s cannot be null".formatted(missing.group(1));
        }
        if (message.contains("Like pattern must not end with escape character")) {
            return "LIKE pattern ends with a backslash";
        }
        if (message.contains("Type INT128 with value")) {
            return "Error in SUM aggregation: integer overflow";
        }
        if (message.contains("Overflow in HUGEINT addition")) {
            return "Error in SUM aggregation: numeric overflow";
        }
        return message.contains("More than one row returned by a subquery")
                ? "Scalar subquery produced more than one element"
                : message;
    }

    private static String text(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("java.sql.SQLException: ") ? message.substring(23) : message;
    }
}
