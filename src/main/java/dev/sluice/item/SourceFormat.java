package dev.sluice.item;

import dev.sluice.item.source.Compression;
import java.nio.file.Path;
import java.util.Optional;

/** How the rows of a source are written. */
public enum SourceFormat {
    NDJSON,
    CSV,
    AVRO,
    PARQUET;

    /** Whether rows are lines or records of text, which we can read as well as BigQuery. */
    public boolean isText() {
        return this == NDJSON || this == CSV;
    }

    /** What the name's ending says, before that of a compression; empty if it says nothing. */
    public static Optional<SourceFormat> of(Path source) {
        String name = Compression.plainName(source);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "ndjson", "jsonl", "json" -> Optional.of(NDJSON);
            case "csv" -> Optional.of(CSV);
            case "avro" -> Optional.of(AVRO);
            case "parquet" -> Optional.of(PARQUET);
            default -> Optional.empty();
        };
    }
}
