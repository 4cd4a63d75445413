package dev.sluice.item;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How the rows of a source are written. */
public enum SourceFormat {
    NDJSON,
    CSV;

    /** What the name's ending says; empty if it says nothing. */
    public static Optional<SourceFormat> of(Path source) {
        String name = source.toString().toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "ndjson", "jsonl", "json" -> Optional.of(NDJSON);
            case "csv" -> Optional.of(CSV);
            default -> Optional.empty();
        };
    }
}
