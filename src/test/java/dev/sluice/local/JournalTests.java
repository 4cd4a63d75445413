package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.local.JournalEntry.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the journal comes into DuckDB once, whatever happens. */
@Timeout(60)
class JournalTests {

    @TempDir
    private Path folder;

    private Connection duckDb;
    private volatile boolean fails;

    @BeforeEach
    void open() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        duckDb.setAutoCommit(false);
        Store.update(duckDb, "CREATE SCHEMA meta");
        Store.update(duckDb, "CREATE TABLE meta.journal AS SELECT 'this' AS store, CAST(0 AS BIGINT) AS number");
        Store.update(duckDb, "CREATE TABLE kept (id BIGINT PRIMARY KEY, name VARCHAR)");
        duckDb.commit();
    }

    @AfterEach
    void close() throws SQLException {
        duckDb.close();
    }

    private synchronized void run(Store.Work<Long> work) throws SQLException {
        try {
            work.on(duckDb);
            if (fails) {
                throw new SQLException("IO Error: no space");
            }
            duckDb.commit();
        } catch (SQLException e) {
            duckDb.rollback();
            throw e;
        }
    }

    private Path file() {
        return folder.resolve("journal");
    }

    private Journal journal() throws SQLException, IOException {
        return Journal.open(file(), this::run);
    }

    private static Row row(int id) {
        return row(id, "n" + id);
    }

    private static Row row(int id, String name) {
        return new Row("kept", List.of("BIGINT", "VARCHAR"), Arrays.asList(String.valueOf(id), name));
    }

    private synchronized List<String> kept() throws SQLException {
        List<String> kept = Store.texts(duckDb, "SELECT id || ' ' || coalesce(name, 'NULL') FROM kept ORDER BY id");
        duckDb.rollback();
        return kept;
    }

    /** The file as the process leaves it if it is killed now. */
    private byte[] killed() throws IOException {
        return Files.readAllBytes(file());
    }

    @Test
    void comesIntoDuckDbWhenItIsSettled() throws Exception {
        try (var journal = journal()) {
            journal.append(List.of(row(1), row(2)));
            journal.append(List.of(row(3)));

            assertThat(journal.has(row -> row.values().contains("n3"))).isTrue();
            journal.settle();

            assertThat(kept()).containsExactly("1 n1", "2 n2", "3 n3");
            assertThat(journal.isEmpty()).isTrue();
            assertThat(journal.has(row -> true)).isFalse();
            assertThat(Files.size(file())).isZero();
        }
    }

    @Test
    void comesIntoDuckDbByItself() throws Exception {
        try (var journal = journal()) {
            journal.append(List.of(row(1)));
            for (int i = 0; i < 500 && !journal.isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }

            assertThat(kept()).containsExactly("1 n1");
        }
    }

    @Test
    void comesIntoDuckDbWhenItIsLargeOrClosed() throws Exception {
        String long64k = "x".repeat(1 << 16);
        try (var journal = journal()) {
            for (int i = 1; i <= 66; i++) {
                journal.append(List.of(row(i, long64k)));
            }
            assertThat(kept()).hasSizeGreaterThanOrEqualTo(64);
        }
        assertThat(kept()).hasSize(66);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void isFoundByTheNextProcess(int settledBefore) throws Exception {
        byte[] left;
        try (var journal = journal()) {
            for (int i = 1; i <= 3; i++) {
                journal.append(List.of(row(i)));
                if (i == settledBefore) {
                    journal.settle();
                }
            }
            left = killed();
            duckDbForgets(settledBefore);
            journal.settle();
            duckDbForgets(settledBefore);
        }
        Files.write(file(), left);

        journal().close();

        assertThat(kept()).containsExactly("1 n1", "2 n2", "3 n3");
        assertThat(Files.size(file())).isZero();
    }

    /** As if it had been killed right after it had settled so many entries. */
    private synchronized void duckDbForgets(int settled) throws SQLException {
        Store.update(duckDb, "DELETE FROM kept WHERE id > ?", settled);
        Store.update(duckDb, "UPDATE meta.journal SET number = ?", settled);
        duckDb.commit();
    }

    @Test
    void isNotBroughtTwiceIfTheProcessEndsBeforeTheFileIsEmptied() throws Exception {
        byte[] left;
        try (var journal = journal()) {
            journal.append(List.of(row(1)));
            journal.append(List.of(row(2)));
            left = killed();
        }
        Files.write(file(), left);

        try (var journal = journal()) {
            assertThat(kept()).containsExactly("1 n1", "2 n2");
            journal.append(List.of(row(3)));
        }
        assertThat(kept()).containsExactly("1 n1", "2 n2", "3 n3");
    }

    @Test
    void endsWhereAProcessWasCutOff() throws Exception {
        byte[] left;
        try (var journal = journal()) {
            journal.append(List.of(row(1, "ä\n\"ß")));
            journal.append(List.of(row(2)));
            left = killed();
        }
        for (int length = left.length - 1; length >= 0; length--) {
            duckDbForgets(0);
            Files.write(file(), Arrays.copyOf(left, length));

            journal().close();

            boolean first = length > new String(left, StandardCharsets.ISO_8859_1).indexOf('\n');
            assertThat(kept()).as("%d bytes", length).isEqualTo(first ? List.of("1 ä\n\"ß") : List.of());
        }
    }

    @Test
    void doesWithoutWhatNobodyCanRead() throws Exception {
        Files.writeString(file(), "\0\0\0\n{\"store\":\"this\",\"number\":1,\"rows\":[]}\n");

        try (var journal = journal()) {
            journal.append(List.of(row(1)));
        }
        assertThat(kept()).containsExactly("1 n1");
    }

    @Test
    void staysWhereDuckDbFails() throws Exception {
        try (var journal = journal()) {
            journal.append(List.of(row(1)));
            fails = true;
            assertThatExceptionOfType(ApiError.class).isThrownBy(journal::settle);
            assertThat(journal.isEmpty()).isFalse();
            journal.append(List.of(row(2)));

            fails = false;
            journal.settle();
            assertThat(kept()).containsExactly("1 n1", "2 n2");
        }
    }

    @Test
    void losesOnlyTheRowsThatDuckDbRefuses() throws Exception {
        var gone = new Row("gone", List.of("BIGINT"), List.of("1"));
        var noNumber = new Row("kept", List.of("BIGINT", "VARCHAR"), List.of("one", "n"));
        byte[] left;
        try (var journal = journal()) {
            journal.append(List.of(row(1)));
            journal.append(List.of(row(5), gone, noNumber, row(2)));
            journal.append(List.of(row(1, "twice")));
            journal.append(List.of(row(3)));
            left = killed();
            journal.settle();

            assertThat(kept()).containsExactly("1 n1", "2 n2", "3 n3", "5 n5");
        }
        duckDbForgets(0);
        Files.write(file(), left);
        try (var journal = journal()) {
            journal.append(List.of(row(4)));
        }
        assertThat(kept()).containsExactly("1 n1", "2 n2", "3 n3", "4 n4", "5 n5");
    }

    @Test
    void ofAnotherDuckDbFileIsNothing() throws Exception {
        byte[] left;
        try (var journal = journal()) {
            journal.append(List.of(row(1)));
            left = killed();
        }
        Files.write(file(), left);
        close();
        open();
        Store.update(duckDb, "UPDATE meta.journal SET store = 'another'");
        duckDb.commit();

        journal().close();

        assertThat(kept()).isEmpty();
    }

    @Test
    void isTriedAgainByItself() throws Exception {
        try (var journal = journal()) {
            fails = true;
            journal.append(List.of(row(1)));
            TimeUnit.MILLISECONDS.sleep(700);
            assertThat(journal.isEmpty()).isFalse();
            fails = false;
            for (int i = 0; i < 500 && !journal.isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }

            assertThat(kept()).containsExactly("1 n1");
        }
    }

    @Test
    void goesOnAfterAnInterruption() throws Exception {
        try (var journal = journal()) {
            Thread.currentThread().interrupt();
            journal.append(List.of(row(1)));
            assertThat(Thread.interrupted()).isTrue();
            journal.append(List.of(row(2)));
        }
        assertThat(kept()).containsExactly("1 n1", "2 n2");
    }

    @Test
    void keepsTexts() throws Exception {
        List<String> texts =
                Arrays.asList("", "null", "a\0b", "\u2028\ud83d\ude00\u007f\r\n\t\\'\"", "{}", "[1]", null);
        try (var journal = journal()) {
            for (int i = 0; i < texts.size(); i++) {
                journal.append(List.of(row(i, texts.get(i))));
            }
            journal.append(List.of(row(texts.size(), "half \ud83d")));
        }
        List<String> expected = IntStream.range(0, texts.size())
                .mapToObj(i -> i + " " + (texts.get(i) == null ? "NULL" : texts.get(i)))
                .toList();
        assertThat(kept()).startsWith(expected.toArray(String[]::new)).endsWith(texts.size() + " half ?");
    }

    @Test
    void isOpenToItsOwnerOnly() throws Exception {
        journal().close();

        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(OwnerOnly.FILE);
    }

    @Test
    void takesNothingWhenItIsClosed() throws Exception {
        var journal = journal();
        journal.close();

        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> journal.append(List.of(row(1))))
                .withMessageContaining("the server ends");
        assertThat(kept()).isEmpty();
        assertThat(Files.size(file())).isZero();
    }
}
