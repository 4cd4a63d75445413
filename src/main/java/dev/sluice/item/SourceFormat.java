package dev.sluice.item;

import dev.sluice.item.source.Compression;
import java.nio.file.Path;
import java.util.Optional;

/** How the rows of a source are written. */
public enum SourceFormat {
    NDJSON,
    CSV;

    /** What the name's ending says, before that of a compression; empty if it says nothing. */
    public static Optional<SourceFormat> of(Path source) {
        String name = Compression.plainName(source);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "ndjson", "jsonl", "json" -> Optional.of(NDJSON);
            case "csv" -> Optional.of(CSV);
            default -> Optional.empty();
        };
    }
}
