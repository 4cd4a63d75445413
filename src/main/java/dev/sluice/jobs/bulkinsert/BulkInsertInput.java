package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.SourceFormat;
import dev.sluice.item.SourceLayout;
import dev.sluice.item.source.SourceFile;
import dev.sluice.item.source.SourceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that a bulk insert reads, and how rows stand in them. */
record BulkInsertInput(List<SourceFile> files, SourceLayout layout) {

    private static final String KNOWN_ENDINGS = ".ndjson, .jsonl, .json, .csv; each may be followed by .gz or .zst";

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
        List<SourceFile> files = SourceFiles.find(parameters.source(), problems);
        Optional<SourceFormat> format = parameters.format().or(() -> commonFormat(files, problems));
        var csv = CsvOptions.dialect(parameters, problems);
        return problems.size() > before || format.isEmpty()
                ? Optional.empty()
                : Optional.of(new BulkInsertInput(files, new SourceLayout(format.get(), csv, parameters.encoding())));
    }

    private static Optional<SourceFormat> commonFormat(List<SourceFile> files, List<String> problems) {
        Optional<SourceFormat> common = Optional.empty();
        for (SourceFile file : files) {
            Optional<SourceFormat> format = SourceFormat.of(file.path());
            if (format.isEmpty()) {
                problems.add("cannot tell the format of %s by its ending (%s): give format=ndjson or format=csv"
                        .formatted(file.path(), KNOWN_ENDINGS));
                return Optional.empty();
            }
            if (common.isPresent() && !common.equals(format)) {
                problems.add("%s and %s are of different formats: load them in two runs, each with a glob"
                        .formatted(files.get(0).path(), file.path()));
                return Optional.empty();
            }
            common = format;
        }
        return common;
    }
}
