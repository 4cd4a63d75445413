package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.SourceFormat;
import dev.sluice.item.SourceLayout;
import dev.sluice.item.source.ObjectUris;
import dev.sluice.item.source.SourceFile;
import dev.sluice.item.source.SourceFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a bulk insert reads, and how rows stand in it.
 *
 * @param files on this machine
 * @param uris of objects in Cloud Storage; empty if there are files
 */
record BulkInsertInput(List<SourceFile> files, List<String> uris, SourceLayout layout) {

    private static final String KNOWN_ENDINGS =
            ".ndjson, .jsonl, .json, .csv, each also with .gz or .zst; .avro, .parquet";

    /** @throws IllegalStateException if it cannot be read; it could when the run was launched */
    static BulkInsertInput of(BulkInsertParameters parameters) {
        List<String> problems = new ArrayList<>();
        return find(parameters, problems)
                .orElseThrow(() -> new IllegalStateException(
                        "cannot read %s: %s".formatted(parameters.source(), String.join("; ", problems))));
    }

    /** @param problems receives everything that is wrong, in words for people; nothing is wrong if there is a result */
    static Optional<BulkInsertInput> find(BulkInsertParameters parameters, List<String> problems) {
        int before = problems.size();
        boolean objects = ObjectUris.areMeant(parameters.source());
        List<SourceFile> files = objects ? List.of() : SourceFiles.find(parameters.source(), problems);
        List<String> uris = objects ? ObjectUris.find(parameters.source(), problems) : List.of();
        Optional<SourceFormat> format = parameters.format().or(() -> commonFormat(names(files, uris), problems));
        var csv = CsvOptions.dialect(parameters, problems);
        return problems.size() > before || format.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new BulkInsertInput(files, uris, new SourceLayout(format.get(), csv, parameters.encoding())));
    }

    /** Paths of the files, or the URIs, as people write them. */
    List<String> names() {
        return names(files, uris);
    }

    private static List<String> names(List<SourceFile> files, List<String> uris) {
        return uris.isEmpty()
                ? files.stream().map(file -> file.path().toString()).toList()
                : uris;
    }

    private static Optional<SourceFormat> commonFormat(List<String> names, List<String> problems) {
        Optional<SourceFormat> common = Optional.empty();
        for (String name : names) {
            Optional<SourceFormat> format = SourceFormat.of(Path.of(name));
            if (format.isEmpty()) {
                problems.add("cannot tell the format of %s by its ending (%s): give format=ndjson, csv, avro or parquet"
                        .formatted(name, KNOWN_ENDINGS));
                return Optional.empty();
            }
            if (common.isPresent() && !common.equals(format)) {
                problems.add("%s and %s are of different formats: load them in two runs, each with a glob"
                        .formatted(names.get(0), name));
                return Optional.empty();
            }
            common = format;
        }
        return common;
    }

    boolean isObjects() {
        return !uris.isEmpty();
    }

    /** Whether BigQuery reads it as it is, so that rows are judged there; else this process reads it. */
    boolean isReadByBigQuery() {
        return isObjects() || !layout.format().isText();
    }
}
