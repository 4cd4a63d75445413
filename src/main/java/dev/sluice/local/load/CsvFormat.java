package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Separated values. */
final class CsvFormat implements FileFormat {

    private final CsvSettings settings;
    private final @Nullable List<TableFieldSchema> declared;
    private final boolean autodetect;
    private final boolean findsDelimiter;
    private final boolean skipGiven;

    CsvFormat(CsvSettings settings, JobConfigurationLoad load) {
        this.settings = settings;
        this.declared = load.getSchema() == null ? null : load.getSchema().getFields();
        this.autodetect = CsvSettings.isDetected(load);
        this.findsDelimiter = autodetect && load.getFieldDelimiter() == null;
        this.skipGiven = load.getSkipLeadingRows() != null;
    }

    @Override
    public String name() {
        return "CSV";
    }

    @Override
    public boolean guesses() {
        return autodetect;
    }

    @Override
    public Optional<List<TableFieldSchema>> fields(Connection connection, List<SourceFile> files) throws IOException {
        return autodetect
                ? Optional.of(CsvDetection.of(files.get(0), settings(files.get(0)), skipGiven)
                        .fields())
                : Optional.empty();
    }

    @Override
    public long load(Connection connection, LoadTarget target, List<SourceFile> files, BadRecords bad)
            throws IOException, SQLException {
        List<TableFieldSchema> columns = declared == null ? target.fields() : declared;
        long skip = settings.skipLeadingRows();
        CsvSettings found = settings(files.get(0));
        if (autodetect) {
            CsvDetection detected = CsvDetection.of(files.get(0), found, skipGiven);
            columns = detected.fields();
            skip = detected.firstRow();
        }
        var rows = new CsvRow(found, columns, target.fields());
        try (RowAppender appender = RowAppender.open(connection, target)) {
            for (SourceFile file : files) {
                load(file, found, skip, rows, appender, bad);
            }
            return appender.rows();
        }
    }

    private CsvSettings settings(SourceFile file) throws IOException {
        return findsDelimiter ? settings.delimitedBy(CsvDelimiter.of(file, settings)) : settings;
    }

    private static void load(
            SourceFile file, CsvSettings settings, long skip, CsvRow rows, RowAppender appender, BadRecords bad)
            throws IOException, SQLException {
        long number = 1 - skip;
        try (CsvRecords records = CsvRecords.open(file, settings)) {
            for (List<CsvRecords.Field> row = next(records, file, number);
                    row != null;
                    row = next(records, file, number)) {
                if (number > 0) {
                    append(row, number, file, rows, appender, bad);
                }
                number++;
            }
        }
    }

    /** What is not CSV ends the load, since nobody knows where its next row begins. */
    private static @Nullable List<CsvRecords.Field> next(CsvRecords records, SourceFile file, long number)
            throws IOException {
        try {
            return records.next();
        } catch (BadRow e) {
            var fatal = new BadRecords("CSV", 0);
            fatal.add(file, number, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static void append(
            List<CsvRecords.Field> row, long number, SourceFile file, CsvRow rows, RowAppender appender, BadRecords bad)
            throws SQLException {
        try {
            appender.append(rows.values(row));
        } catch (BadRow e) {
            bad.add(file, number, String.valueOf(e.getMessage()));
        }
    }
}
