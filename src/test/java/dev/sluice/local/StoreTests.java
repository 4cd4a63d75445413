package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.JournalEntry.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transactions see of others. */
@Timeout(60)
class StoreTests {

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(folder, List.of(), "100MB", Clock.systemUTC());
        add(1, false);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    /** @param journaled whether it is in the journal at first */
    private void add(long number, boolean journaled) throws SQLException {
        if (!journaled) {
            store.change(
                    connection -> Store.update(connection, "INSERT INTO meta.commits VALUES (?, NULL, 'job')", number));
            return;
        }
        var row = new Row(
                "meta.commits",
                List.of("BIGINT", "BIGINT", "VARCHAR"),
                Arrays.asList(String.valueOf(number), null, "job"));
        store.attemptReading(connection -> {
            store.reading().journal(connection, List.of(row));
            return number;
        });
    }

    private static List<String> numbers(Connection connection) throws SQLException {
        return Store.texts(connection, "SELECT CAST(number AS VARCHAR) FROM meta.commits ORDER BY number");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOpenTransactionSeesWhatWasToldBeforeItBeganAndNothingElse(boolean journaled) throws Exception {
        add(2, journaled);
        try (OpenTransaction open = store.begin()) {
            add(3, journaled);
            store.read(StoreTests::numbers);

            assertThat(numbers(open.connection())).containsExactly("1", "2");
        }
    }
}
