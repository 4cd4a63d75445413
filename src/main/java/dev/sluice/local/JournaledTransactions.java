package dev.sluice.local;

import dev.sluice.local.JournalEntry.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Transactions of work that only reads and notes what it found, each one of the {@link ReadTransactions}: what it has noted
 * goes into the {@link Journal}, and the transaction is rolled back, or commits if nothing may go there. Thread-safe.
 */
final class JournaledTransactions {

    private final Connections connections;
    private final Commits commits;
    private final Journal journal;
    private final ReadTransactions reading;

    JournaledTransactions(Connections connections, Commits commits, Journal journal, ReadTransactions reading) {
        this.connections = connections;
        this.commits = commits;
        this.journal = journal;
        this.reading = reading;
    }

    /** @throws ConcurrentUpdate if the work needs what is in the journal still */
    <T> T attempt(Store.Work<T> work) throws SQLException {
        boolean settled = journal.isEmpty();
        return connections.lend(connection -> {
            reading.begin(connection, settled);
            return ended(connection, work);
        });
    }

    private <T> T ended(Connection connection, Store.Work<T> work) throws SQLException {
        try {
            T result = work.on(connection);
            Optional<List<Row>> rows = reading.end(connection);
            if (rows.isEmpty()) {
                commits.commit(connection);
            } else {
                connection.rollback();
                journal.append(rows.get());
                commits.committed(connection);
            }
            return result;
        } finally {
            reading.end(connection);
            commits.forget(connection);
        }
    }
}
