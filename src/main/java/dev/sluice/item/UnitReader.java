package dev.sluice.item;

import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Yields the rows of a source's files as load units: validated, cut between rows, in order. The position is saved after
 * each unit, so a restart continues behind the last committed unit whatever the unit size is by then. An interrupted
 * unit is cut again exactly where its intent says it ended. Not thread-safe.
 */
public final class UnitReader implements ItemStreamReader<LoadUnit> {

    private final Source source;
    private final Function<SourcePosition, OptionalLong> interruptedUnit;
    private final RowFaults faults;

    private final ContentBlocks memory = new ContentBlocks();
    private @Nullable FileRows rows;
    private LoadProgress progress = LoadProgress.from(new ExecutionContext());
    private OptionalLong firstUnitEnd = OptionalLong.empty();

    /**
     * What is read, as what, and within which limits; the files are read in this order.
     *
     * @param numberColumn gets each row's number, counted from 1 over all rows of the source; null if nobody asks for it
     */
    public record Source(
            List<SourceFile> files,
            SourceLayout layout,
            RowColumns columns,
            SourceLimits limits,
            @Nullable String numberColumn) {}

    /** @param interruptedUnit for a position, where a unit that was begun there ended, if one was */
    public UnitReader(Source source, Function<SourcePosition, OptionalLong> interruptedUnit) {
        this(source, interruptedUnit, row -> null);
    }

    private UnitReader(Source source, Function<SourcePosition, OptionalLong> interruptedUnit, RowFaults faults) {
        this.source = source;
        this.interruptedUnit = interruptedUnit;
        this.faults = faults;
    }

    /** Reads a source again, and sets aside what has turned out to be wrong since. */
    public static UnitReader again(Source source, RowFaults faults) {
        return new UnitReader(source, position -> OptionalLong.empty(), faults);
    }

    @Override
    public void open(ExecutionContext context) {
        progress = LoadProgress.from(context);
        firstUnitEnd = interruptedUnit.apply(progress.position());
    }

    @Override
    public @Nullable LoadUnit read() throws IOException {
        SourcePosition start = progress.position();
        long end = firstUnitEnd.orElse(start.total() + source.limits().unitBytes());
        firstUnitEnd = OptionalLong.empty();
        var unit = new UnitRows(memory, progress.rowsRead(), source.numberColumn(), faults);
        SourcePosition position = start;
        while (position.file() < source.files().size() && (unit.read() == 0 || position.total() < end)) {
            position = next(position, unit);
        }
        LoadUnit read = unit.toUnit(start, progress, position);
        progress = read.behind();
        return read.rowsRead() == 0 ? null : read;
    }

    private SourcePosition next(SourcePosition position, UnitRows unit) throws IOException {
        if (rows == null) {
            rows = TextRows.open(source.files().get(position.file()), source, position);
        }
        boolean more = rows.next(unit);
        SourcePosition behind = position.at(rows.offset(), rows.nextLine());
        if (more) {
            return behind;
        }
        close();
        return behind.nextFile();
    }

    @Override
    public void update(ExecutionContext context) {
        progress.save(context);
    }

    @Override
    public void close() {
        try {
            if (rows != null) {
                rows.close();
                rows = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a source file: " + e.getMessage(), e);
        }
    }
}
