package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.FieldValueList;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryResults;
import dev.sluice.bigquery.Deadline;
import dev.sluice.bigquery.LocalDoor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What a step needs of a reader: it can be interrupted after any commit. Over the local BigQuery, with its clock moved. */
class QueryItemReaderTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROWS = 10_500;

    private LocalDoor door;
    private final ExecutionContext context = new ExecutionContext();

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        door = new LocalDoor(folder);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    private QueryItemReader reader(KeyedQuery query) {
        return new QueryItemReader(door.results(), query, () -> door.within(LIMIT));
    }

    private static List<Long> rest(QueryItemReader reader) {
        List<Long> numbers = new ArrayList<>();
        for (FieldValueList row = reader.read(); row != null; row = reader.read()) {
            numbers.add(row.get(0).getLongValue());
        }
        return numbers;
    }

    private static void skip(QueryItemReader reader, int rows) {
        for (int i = 0; i < rows; i++) {
            assertThat(reader.read()).isNotNull();
        }
    }

    @Test
    void readsEveryRowOnceInOrderWhateverHappensToTheTable() throws IOException {
        door.numbers(0, ROWS);
        QueryItemReader reader = reader(new NumbersInOrder());
        reader.open(context);
        skip(reader, 1);
        door.numbers(ROWS, 10);

        assertThat(rest(reader)).hasSize(ROWS - 1).isSorted().doesNotHaveDuplicates();
        assertThat(reader.read()).isNull();
    }

    @Test
    void continuesBehindTheLastCommitWithoutAskingAgain() throws IOException {
        door.numbers(0, ROWS);
        QueryItemReader first = reader(new NumbersInOrder());
        first.open(context);
        skip(first, 10_123);
        first.update(context);
        skip(first, 100);
        first.close();
        long queries = door.queries();
        door.numbers(ROWS, 10);

        QueryItemReader second = reader(new NumbersInOrder());
        second.open(context);
        List<Long> rest = rest(second);
        assertThat(rest).hasSize(ROWS - 10_123).startsWith(10_123L).endsWith(ROWS - 1L);
        assertThat(door.queries()).isEqualTo(queries);
    }

    @Test
    void startsOverWithANewContextAndReopensWithAnOldOne() throws IOException {
        door.numbers(0, 5);
        QueryItemReader reader = reader(new NumbersInOrder());
        reader.open(context);
        skip(reader, 2);
        reader.update(context);
        reader.close();
        reader.open(new ExecutionContext());
        assertThat(rest(reader)).containsExactly(0L, 1L, 2L, 3L, 4L);
        reader.open(context);
        assertThat(rest(reader)).containsExactly(2L, 3L, 4L);
    }

    @Test
    void endsAtOnceOnAnEmptyResultAndAfterTheLastCommit() throws IOException {
        door.numbers(0, 0);
        QueryItemReader empty = reader(new NumbersInOrder());
        empty.open(context);
        assertThat(empty.read()).isNull();
        empty.update(context);
        empty.close();
        empty.open(context);
        assertThat(empty.read()).isNull();

        door.numbers(0, 3);
        var whole = new ExecutionContext();
        empty.open(whole);
        skip(empty, 3);
        empty.update(whole);
        empty.close();
        empty.open(whole);
        assertThat(empty.read()).isNull();
    }

    @Test
    void asksForTheRestAsItWasByKeyWhenTheResultHasGone() throws IOException {
        door.numbers(0, ROWS);
        var query = new NumbersInOrder();
        QueryItemReader first = reader(query);
        first.open(context);
        skip(first, 10_007);
        first.update(context);
        first.close();
        Instant began = door.now();
        door.advance(Duration.ofHours(25));
        door.numbers(ROWS, 10);

        QueryItemReader second = reader(query);
        second.open(context);
        skip(second, 5);
        assertThat(query.askedAsOf())
                .hasSize(1)
                .allSatisfy(asOf -> assertThat(asOf).isBetween(began.minusSeconds(60), began));
        second.update(context);
        second.close();
        second.open(context);
        assertThat(rest(second)).hasSize(ROWS - 10_012).startsWith(10_012L).endsWith(ROWS - 1L);
        assertThat(query.askedAsOf()).hasSize(1);
    }

    @Test
    void asksForEverythingIfNoRowWasReadBeforeTheResultHasGone() throws IOException {
        door.numbers(0, 3);
        QueryItemReader reader = reader(new NumbersInOrder());
        reader.open(context);
        reader.update(context);
        door.advance(Duration.ofHours(25));
        reader.open(context);
        assertThat(rest(reader)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void endsAmongThePagesAtTheOneDeadlineOfAll() throws Exception {
        door.numbers(0, ROWS);
        Deadline whole = door.within(Duration.ofSeconds(3));
        var reader = new QueryItemReader(door.results(), new NumbersInOrder(), () -> whole);
        reader.open(context);
        assertThat(reader.read()).isNotNull();
        while (!whole.passed()) {
            TimeUnit.NANOSECONDS.sleep(whole.remaining().toNanos());
        }
        assertThatExceptionOfType(DeadlineExceeded.class).isThrownBy(() -> rest(reader));
    }

    @Test
    void boundsTheQueryAndEachPageByADeadlineOfItsOwn() throws IOException {
        door.numbers(0, ROWS);
        BigQueryResults results = door.results();
        var late = new QueryItemReader(results, new NumbersInOrder(), () -> door.within(Duration.ZERO));
        assertThatExceptionOfType(DeadlineExceeded.class).isThrownBy(() -> late.open(context));

        List<Duration> started = new ArrayList<>();
        var reader = new QueryItemReader(results, new NumbersInOrder(), () -> {
            started.add(LIMIT);
            return door.within(LIMIT);
        });
        reader.open(context);
        rest(reader);
        assertThat(started).hasSize(1 + 2);
    }
}
