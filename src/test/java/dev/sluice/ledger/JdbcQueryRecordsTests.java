package dev.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.database.PostgresServer;
import dev.sluice.ledger.QueryRecord.End;
import dev.sluice.ledger.QueryRecord.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class JdbcQueryRecordsTests {

    private static LedgerDatabase open(String database) {
        String url = database.equals("postgres")
                ? PostgresServer.newDatabase()
                : "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(database);
        var repository = new DriverManagerDataSource(url);
        RepositoryMigration.migrate(repository, Path.of("."));
        return new LedgerDatabase(repository);
    }

    private static QueryRecord record(@Nullable String id, String outcome) {
        var subject = new Subject("query", "f/read.sql", "USER", null, null, id);
        return new QueryRecord(subject, new End(outcome, "OK", 12, 0), null, null, null, null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2:records", "postgres"})
    void keepsAJobThatIsDoneOnce(String database) {
        LedgerDatabase ledger = open(database.replace("h2:", ""));
        var records = new JdbcQueryRecords(ledger);
        records.add(List.of(record("a", "DEADLINE_EXCEEDED"), record("a", "DONE"), record(null, "FAILED")));
        records.add(List.of(record("a", "DONE"), record("a", "FAILED"), record(null, "FAILED")));

        assertThat(outcomes(ledger)).containsExactly("DEADLINE_EXCEEDED", "DONE", "FAILED", "FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2:forgotten", "postgres"})
    void forgetsWhatIsOld(String database) {
        LedgerDatabase ledger = open(database.replace("h2:", ""));
        var records = new JdbcQueryRecords(ledger);
        records.add(List.of(record("a", "FAILED")));
        ledger.jdbc()
                .sql("UPDATE SLUICE_QUERY SET RECORDED_AT = CURRENT_TIMESTAMP - INTERVAL '1' DAY")
                .update();
        records.add(List.of(record("b", "DONE")));

        records.forgetAfter(Duration.ofHours(25));
        assertThat(outcomes(ledger)).containsExactly("FAILED", "DONE");
        records.forgetAfter(Duration.ofHours(23));
        assertThat(outcomes(ledger)).containsExactly("DONE");
    }

    private static List<String> outcomes(LedgerDatabase ledger) {
        return ledger.jdbc()
                .sql("SELECT OUTCOME FROM SLUICE_QUERY ORDER BY ID")
                .query(String.class)
                .list();
    }
}
