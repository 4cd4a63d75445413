package dev.sluice.item;

import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * What came of a source, read in small units.
 *
 * @param ids of the rows that were accepted, in order
 * @param rejected line and reason of those that were not
 */
record ReadSource(List<String> ids, List<String> rejected) {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"?([+-]?\\d+)");

    /** @throws IOException or another exception if a fault of the file ends the run */
    static ReadSource of(Path file, SourceLayout layout, RowColumns columns, int maxRowBytes) throws IOException {
        List<String> ids = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        var source = new UnitReader.Source(
                List.of(SourceFile.of(file)), layout, columns, new SourceLimits(64, maxRowBytes, 200), null);
        var reader = new UnitReader(source, position -> OptionalLong.empty());
        reader.open(new ExecutionContext());
        try {
            for (LoadUnit unit = reader.read(); unit != null; unit = reader.read()) {
                ids.addAll(ids(unit));
                unit.rejected().forEach(row -> rejected.add(row.line() + ": " + row.reason()));
            }
        } finally {
            reader.close();
        }
        return new ReadSource(ids, rejected);
    }

    private static List<String> ids(LoadUnit unit) throws IOException {
        try (var in = unit.content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> ID.matcher(line.length() > 1000 ? line.substring(0, 1000) : line))
                    .map(matcher -> matcher.find() ? matcher.group(1) : "none")
                    .toList();
        }
    }
}
