package dev.sluice.item;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Yields a file's rows as load units: validated, cut at record ends, in file order. The position is saved after each
 * unit as a byte offset, so a restart continues behind the last committed unit whatever the unit size is by then. An
 * interrupted unit is cut again exactly where its intent says it ended. Not thread-safe.
 */
public final class UnitReader implements ItemStreamReader<LoadUnit> {

    private static final String OFFSET = "offset";
    private static final String LINE = "line";

    private final Source source;
    private final Function<LoadProgress, OptionalLong> interruptedUnit;
    private final RowFaults faults;

    private @Nullable FileChannel channel;
    private @Nullable RecordScanner scanner;
    private @Nullable RowFormat format;
    private LoadProgress progress = LoadProgress.NONE;
    private OptionalLong firstUnitEnd = OptionalLong.empty();

    /**
     * @param unitBytes how many bytes of the file make a unit; one row more than that is never exceeded
     * @param numberColumn gets each row's number, counted from 1 over all rows of the source; null if nobody asks for it
     */
    public record Source(
            Path file,
            SourceFormat format,
            RowColumns columns,
            long unitBytes,
            int maxRowBytes,
            @Nullable String numberColumn) {}

    /** @param interruptedUnit for a position, where a unit that was begun there ended, if one was */
    public UnitReader(Source source, Function<LoadProgress, OptionalLong> interruptedUnit) {
        this(source, interruptedUnit, row -> null);
    }

    private UnitReader(Source source, Function<LoadProgress, OptionalLong> interruptedUnit, RowFaults faults) {
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
        long offset = context.getLong(OFFSET, 0);
        try {
            channel = FileChannel.open(source.file());
            InputStream in = Channels.newInputStream(channel.position(0));
            boolean csv = source.format() == SourceFormat.CSV;
            scanner = new RecordScanner(in, 0, 1, csv, source.maxRowBytes());
            scanner.skipByteOrderMark();
            format = csv ? openCsv(scanner) : new NdjsonRows(source.columns());
            if (offset > 0) {
                channel.position(offset);
                scanner = new RecordScanner(in, offset, context.getLong(LINE, 1), csv, source.maxRowBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source.file() + ": " + e.getMessage(), e);
        }
        progress = progress.at(scanner.offset(), scanner.nextLine());
        firstUnitEnd = interruptedUnit.apply(progress);
    }

    private CsvRows openCsv(RecordScanner header) throws IOException {
        if (!header.advance()) {
            return CsvRows.empty();
        }
        return CsvRows.withHeader(header.record(), source.columns());
    }

    @Override
    public @Nullable LoadUnit read() throws IOException {
        RecordScanner rows = java.util.Objects.requireNonNull(scanner, "open() comes first");
        RowFormat rowFormat = java.util.Objects.requireNonNull(format, "open() comes first");
        long start = progress.offset();
        long end = firstUnitEnd.orElse(start + source.unitBytes());
        firstUnitEnd = OptionalLong.empty();
        var content = new UnitContent();
        List<RejectedRow> rejected = new ArrayList<>();
        long read = 0;
        while ((read == 0 || rows.offset() < end) && rows.advance()) {
            if (rows.from() == rows.to()) {
                continue;
            }
            read++;
            String reason = check(rows, rowFormat, progress.rowsRead() + read, content);
            if (reason != null) {
                rejected.add(new RejectedRow(rows.line(), reason, rows.record()));
            }
        }
        progress = progress.behind(rows.offset(), rows.nextLine(), read, rejected.size());
        return read == 0 ? null : new LoadUnit(start, rows.offset(), read, rejected, content, content.digest());
    }

    private @Nullable String check(RecordScanner rows, RowFormat rowFormat, long number, UnitContent content)
            throws IOException {
        if (source.numberColumn() != null) {
            content.number(source.numberColumn(), number);
        }
        String reason = rowFormat.accept(rows.bytes(), rows.from(), rows.to(), content);
        return reason != null ? reason : faults.of(number);
    }

    @Override
    public void update(ExecutionContext context) {
        context.putLong(OFFSET, progress.offset());
        context.putLong(LINE, progress.line());
        progress.save(context);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + source.file(), e);
        }
    }
}
