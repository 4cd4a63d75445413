package dev.sluice.local.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** What streams need of the store that holds the rows. Thread-safe. */
public interface WriteStore {

    /** Work in a transaction of its own. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Changes something, one at a time: durable on return, undone on an exception. */
    <T> T change(Work<T> work);

    /** Reads one state. */
    <T> T read(Work<T> work);

    /** @throws WriteRefused if there is no such table, or if it is one that has no rows of its own */
    WriteTable table(Connection connection, StreamName stream, TablePermission permission) throws SQLException;

    /** @return the number of a new commit, which stamps rows */
    long commit(Connection connection) throws SQLException;

    /** The rows of a commit are all there; what their moment decides is decided. */
    void committing(Connection connection, StreamName table, long commit) throws SQLException;

    /**
     * Remembers a request for INFORMATION_SCHEMA.
     *
     * @param streamType as it is told there
     * @param code what became of it, OK for one whose rows were taken
     */
    void appended(Connection connection, StreamName stream, String streamType, String code, long rows, long bytes)
            throws SQLException;

    Instant now();
}
