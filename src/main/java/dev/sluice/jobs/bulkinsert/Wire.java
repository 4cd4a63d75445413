package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.LoadContent;
import dev.sluice.bigquery.LoadFormat;
import dev.sluice.item.BlockContent;
import dev.sluice.item.LoadUnit;
import dev.sluice.item.avro.AvroRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * How a step execution's units travel: as lines of JSON or, if that is wanted or the line turns out to be slow, as Avro with
 * zstd; if that takes longer to write than its bytes save, since the machine is what is slow, as JSON again. What a unit is,
 * and its BigQuery job's id, do not depend on it: a restart may send the other way what it finds unsent. Not thread-safe.
 */
final class Wire {

    /** Of 400 Mbit/s; on slower lines writing Avro takes less time than its bytes save. */
    private static final double SLOW_NANOS_PER_BYTE = 20;

    private final WireFormat wanted;
    private final AvroRows avro;
    private final LongSupplier nanoTime;
    private double jsonNanosPerByte;
    private boolean slow;
    private boolean dear;

    Wire(WireFormat wanted, AvroRows avro, LongSupplier nanoTime) {
        this.wanted = wanted;
        this.avro = avro;
        this.nanoTime = nanoTime;
    }

    /** @param load blocks until the unit has been loaded */
    void send(LoadUnit unit, BiConsumer<LoadFormat, LoadContent> load) {
        Optional<BlockContent> small = isAvro() ? small(unit) : Optional.empty();
        if (small.isPresent()) {
            try {
                load.accept(LoadFormat.AVRO, small.get());
            } finally {
                small.get().release();
            }
            return;
        }
        var watched = new WatchedContent(unit.content(), nanoTime);
        load.accept(LoadFormat.NDJSON, watched);
        watched.nanosPerByte().ifPresent(this::judge);
    }

    private void judge(double nanosPerByte) {
        slow = nanosPerByte > SLOW_NANOS_PER_BYTE;
        jsonNanosPerByte = nanosPerByte;
    }

    private boolean isAvro() {
        return switch (wanted) {
            case NDJSON -> false;
            case AVRO -> true;
            case AUTO -> slow && !dear;
        };
    }

    private Optional<BlockContent> small(LoadUnit unit) {
        try {
            long begun = nanoTime.getAsLong();
            Optional<BlockContent> small = avro.write(unit.content(), unit.longestRow());
            long saved = unit.content().size() - small.map(BlockContent::size).orElse(0L);
            dear = nanoTime.getAsLong() - begun > jsonNanosPerByte * saved;
            return small;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write %s as Avro; wire=ndjson does without".formatted(unit.range()), e);
        }
    }
}
