package dev.sluice.launch;

import dev.sluice.ledger.LeaseLost;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** Turns into an answer what keeps a verb from ending: no repository, no BigQuery, no lease. */
final class Unavailability {

    private Unavailability() {}

    static LaunchOutcome guard(Supplier<LaunchOutcome> verb) {
        try {
            return verb.get();
        } catch (LeaseLost e) {
            return LaunchOutcome.of(ExitCode.ALREADY_RUNNING, null, String.valueOf(e.getMessage()));
        } catch (DataAccessResourceFailureException | TransactionException e) {
            return unavailable(e.getMostSpecificCause());
        } catch (RuntimeException e) {
            return ofHint(e);
        }
    }

    private static LaunchOutcome unavailable(Throwable cause) {
        return LaunchOutcome.of(
                ExitCode.UNAVAILABLE,
                null,
                "cannot reach the job repository: %s; see 'doctor', then start again: what began is resumed"
                        .formatted(RunOutcomes.words(String.valueOf(cause.getMessage()))));
    }

    private static LaunchOutcome ofHint(RuntimeException problem) {
        if (problem instanceof DataAccessException access && isLost(access)) {
            return unavailable(access.getMostSpecificCause());
        }
        ExitCode code = RunOutcomes.hint(problem).orElseThrow(() -> problem);
        return new LaunchOutcome(
                code, null, List.of(RunOutcomes.message(problem)), RunOutcomes.pause(List.of(problem)));
    }

    private static boolean isLost(DataAccessException problem) {
        return problem.getMostSpecificCause() instanceof java.sql.SQLException sql
                && (sql instanceof java.sql.SQLRecoverableException
                        || sql instanceof java.sql.SQLNonTransientConnectionException
                        || sql instanceof java.sql.SQLTransientConnectionException
                        || String.valueOf(sql.getSQLState()).startsWith("08")
                        || String.valueOf(sql.getSQLState()).startsWith("57P"));
    }
}
