package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.source.SourceFile;
import dev.sluice.ledger.UndisputedFence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class ReadAheadTests {

    private static final int MAX_ROW_BYTES = 20;

    /** Longer than the scanner's first buffer, which is where rows are measured. */
    private static final int TOO_LONG = 2 << 20;

    private static final RowColumns COLUMNS = RowColumns.of(
            List.of(new TableColumn("id", ColumnType.INT64, ColumnMode.REQUIRED, List.of(), null)), null, null);

    @TempDir
    Path folder;

    /** One row a unit. */
    private UnitReader.Source source(String... rows) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.ndjson"), String.join("\n", rows) + "\n");
        return new UnitReader.Source(
                List.of(SourceFile.of(file)),
                SourceLayout.of(SourceFormat.NDJSON),
                COLUMNS,
                new SourceLimits(1, MAX_ROW_BYTES, 100),
                null);
    }

    private static ReadAhead open(UnitReader reader, ExecutionContext context) {
        var ahead = new ReadAhead(reader, new StillWanted(new UndisputedFence(false), "rows"));
        ahead.open(context);
        return ahead;
    }

    private static UnitReader reader(UnitReader.Source source) {
        return new UnitReader(source, position -> OptionalLong.empty());
    }

    private static LoadUnit one(ReadAhead reader) throws IOException {
        return Objects.requireNonNull(reader.read());
    }

    @Test
    void yieldsWhatTheReaderYields() throws IOException {
        var ahead = open(reader(source("{\"id\":1}", "{\"id\":x}", "{\"id\":3}")), new ExecutionContext());
        assertThat(one(ahead).range()).isEqualTo("bytes 0-9");
        assertThat(one(ahead).rejected()).hasSize(1);
        assertThat(one(ahead).behind().rowsRead()).isEqualTo(3);
        assertThat(ahead.read()).isNull();
        assertThat(ahead.read()).isNull();
        ahead.close();
    }

    @Test
    void readsTheNextUnitWhileTheOneBeforeIsInUse() throws Exception {
        var secondRow = new CountDownLatch(1);
        RowFaults faults = row -> {
            if (row == 2) {
                secondRow.countDown();
            }
            return null;
        };
        var ahead = open(UnitReader.again(source("{\"id\":1}", "{\"id\":2}"), faults), new ExecutionContext());
        one(ahead);
        assertThat(secondRow.await(1, TimeUnit.MINUTES)).isTrue();
        ahead.close();
    }

    @Test
    void savesThePositionBehindTheUnitThatWasHandedOut() throws IOException {
        var context = new ExecutionContext();
        UnitReader.Source source = source("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        var ahead = open(reader(source), context);
        ahead.update(context);
        assertThat(LoadProgress.from(context).rowsRead()).isZero();
        one(ahead);
        ahead.update(context);
        ahead.close();
        assertThat(LoadProgress.from(context).rowsRead()).isOne();

        var restarted = open(reader(source), context);
        assertThat(one(restarted).range()).isEqualTo("bytes 9-18");
        restarted.close();
    }

    @Test
    void failsInItsTurn() throws IOException {
        var context = new ExecutionContext();
        RowFaults broken = row -> {
            if (row == 2) {
                throw new IllegalStateException("at row 2");
            }
            return null;
        };
        var ahead = open(UnitReader.again(source("{\"id\":1}", "{\"id\":2}"), broken), context);
        assertThat(one(ahead).rowsAccepted()).isOne();
        ahead.update(context);
        assertThatThrownBy(ahead::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("at row 2");
        ahead.close();
        assertThat(LoadProgress.from(context).rowsRead()).isOne();
    }

    @Test
    void endsItsThreadThoughThatIsStillReading() throws Exception {
        var reading = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        RowFaults stuck = row -> {
            reading.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended.countDown();
            }
            return null;
        };
        var ahead = open(UnitReader.again(source("{\"id\":1}"), stuck), new ExecutionContext());
        assertThat(reading.await(1, TimeUnit.MINUTES)).isTrue();
        ahead.close();
        assertThat(ended.getCount()).isZero();
        assertThat(ahead.read()).isNull();
        ahead.close();
    }

    @Test
    void passesAnInterruptionOn() throws IOException {
        RowFaults stuck = row -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        };
        var ahead = open(UnitReader.again(source("{\"id\":1}"), stuck), new ExecutionContext());
        Thread.currentThread().interrupt();
        assertThatThrownBy(ahead::read).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        ahead.close();
    }
}
