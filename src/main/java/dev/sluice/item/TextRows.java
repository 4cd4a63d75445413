package dev.sluice.item;

import dev.sluice.item.UnitReader.Source;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a text file, one record each; empty lines are none. */
final class TextRows implements FileRows {

    private final SourceFile file;
    private final InputStream text;
    private final RecordScanner scanner;
    private final RowFormat format;

    private TextRows(SourceFile file, InputStream text, RecordScanner scanner, RowFormat format) {
        this.file = file;
        this.text = text;
        this.scanner = scanner;
        this.format = format;
    }

    static TextRows open(SourceFile file, Source source, SourcePosition start) throws IOException {
        SourceLayout layout = source.layout();
        @Nullable CsvDialect csv = layout.format() == SourceFormat.CSV ? layout.csv() : null;
        RowFormat format = csv == null ? new NdjsonRows(source.columns()) : csv(file, source);
        InputStream text = file.openText(layout.encoding(), source.limits().maxExpansion(), start.offset());
        var scanner = new RecordScanner(text, start, csv, source.limits().maxRowBytes());
        if (start.offset() == 0) {
            scanner.skipByteOrderMark();
            if (csv != null && csv.header()) {
                scanner.advance();
            }
        }
        return new TextRows(file, text, scanner, format);
    }

    /** @throws IllegalArgumentException naming every fault of the header; it was checked before the launch */
    private static CsvRows csv(SourceFile file, Source source) throws IOException {
        List<String> problems = new ArrayList<>();
        Optional<CsvHeader> header =
                CsvHeader.read(file, source.layout(), source.limits().maxExpansion(), source.columns(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "cannot read %s: %s".formatted(file.path(), String.join("; ", problems)));
        }
        return new CsvRows(
                header.orElse(new CsvHeader(new int[0], false)), source.layout().csv(), source.columns());
    }

    @Override
    public boolean next(UnitRows unit) throws IOException {
        do {
            if (!scanner.advance()) {
                return false;
            }
        } while (scanner.from() == scanner.to() && scanner.fault() == null);
        String reason = unit.judge(judge(unit.nextRow()));
        if (reason != null) {
            unit.reject(scanner.reject(file.path(), reason));
        }
        return true;
    }

    private @Nullable String judge(UnitContent content) {
        return scanner.fault() != null
                ? scanner.fault()
                : format.accept(scanner.bytes(), scanner.from(), scanner.to(), content);
    }

    @Override
    public long offset() {
        return scanner.offset();
    }

    @Override
    public long nextLine() {
        return scanner.nextLine();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
