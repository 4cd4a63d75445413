package dev.sluice.item;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes a load unit: rows that were accepted and rows that were not. Not thread-safe. */
final class UnitRows {

    private final UnitContent content;
    private final List<RejectedRow> rejected = new ArrayList<>();
    private final long readBefore;
    private final @Nullable String numberColumn;
    private final RowFaults faults;
    private long read;

    /**
     * @param memory for accepted rows
     * @param readBefore rows of the source before this unit
     * @param numberColumn gets each row's number; null if nobody asks for it
     * @param faults of rows that are right by themselves
     */
    UnitRows(ContentBlocks memory, long readBefore, @Nullable String numberColumn, RowFaults faults) {
        this.content = new UnitContent(memory);
        this.readBefore = readBefore;
        this.numberColumn = numberColumn;
        this.faults = faults;
    }

    /** Begins a row; it goes there if it is right. */
    UnitContent nextRow() {
        read++;
        if (numberColumn != null) {
            content.number(numberColumn, readBefore + read);
        }
        return content;
    }

    /** Why the row is to be set aside, or null: the reason that was found, or one that is known otherwise. */
    @Nullable
    String judge(@Nullable String reason) {
        return reason != null ? reason : faults.of(readBefore + read);
    }

    void reject(RejectedRow row) {
        rejected.add(row);
    }

    /** Rows so far. */
    long read() {
        return read;
    }

    /** To be called once, at the end. */
    LoadUnit toUnit(SourcePosition start, LoadProgress before, SourcePosition end) {
        LoadProgress behind = before.behind(end, read, rejected.size());
        BlockContent lines = content.lines();
        return new LoadUnit(start.total(), behind, read, rejected, lines, lines.checksum(), content.longest());
    }
}
