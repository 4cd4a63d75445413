package dev.sluice.local;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statement that a job executes. Thread-safe. */
final class Execution {

    private static final Logger log = LoggerFactory.getLogger(Execution.class);

    private @Nullable PreparedStatement statement;

    synchronized void of(PreparedStatement executed) {
        statement = executed;
    }

    synchronized void over() {
        statement = null;
    }

    /** Ends it, if there is one and it has begun. */
    synchronized void cancel() {
        try {
            if (statement != null) {
                statement.cancel();
            }
        } catch (SQLException e) {
            log.warn("cannot interrupt a statement: {}", e.getMessage());
        }
    }
}
