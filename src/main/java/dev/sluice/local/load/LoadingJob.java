package dev.sluice.local.load;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What rows are loaded for, which may end before they are. */
public interface LoadingJob {

    /** Asked now and then; throws when the load must end. */
    void requireGoing();

    /**
     * Executes a statement that may take long; the end of a job ends it. What is loaded for no job runs to its own end.
     *
     * @return how many rows it has changed
     */
    default int execute(PreparedStatement statement) throws SQLException {
        return statement.executeUpdate();
    }
}
