package dev.sluice.item;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the rows of a source are written. */
public enum SourceFormat {
    NDJSON(".ndjson", ".jsonl", ".json"),
    CSV(".csv");

    private final List<String> endings;

    SourceFormat(String... endings) {
        this.endings = List.of(endings);
    }

    /** What the name's ending says; empty if it says nothing. */
    public static Optional<SourceFormat> of(Path source) {
        String name = source.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.endings.stream().anyMatch(name::endsWith))
                .findFirst();
    }
}
