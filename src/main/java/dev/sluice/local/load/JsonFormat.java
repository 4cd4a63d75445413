package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One JSON object a line; blank lines do not count. */
final class JsonFormat implements FileFormat {

    private final boolean ignoreUnknown;
    private final boolean autodetect;
    private final Charset charset;

    JsonFormat(JobConfigurationLoad load) {
        this.ignoreUnknown = Boolean.TRUE.equals(load.getIgnoreUnknownValues());
        this.autodetect = Boolean.TRUE.equals(load.getAutodetect());
        this.charset = Encodings.of(load);
        if (load.getJsonExtension() != null) {
            throw LoadRefused.unsupported("loads with jsonExtension");
        }
    }

    @Override
    public String name() {
        return "JSON";
    }

    @Override
    public boolean guesses() {
        return autodetect;
    }

    @Override
    public Optional<List<TableFieldSchema>> fields(Connection connection, List<SourceFile> files) throws IOException {
        return autodetect ? Optional.of(JsonDetection.fields(files, charset)) : Optional.empty();
    }

    @Override
    public long load(Connection connection, LoadTarget target, List<SourceFile> files, BadRecords bad)
            throws IOException, SQLException {
        boolean limited = target.fields().stream().anyMatch(RowRules::isLimited);
        OptionalLong plain = charset.equals(StandardCharsets.UTF_8) && !limited
                ? PlainJsonFiles.load(connection, target, files)
                : OptionalLong.empty();
        return plain.isPresent() ? plain.getAsLong() : loadAny(connection, target, files, bad);
    }

    private long loadAny(Connection connection, LoadTarget target, List<SourceFile> files, BadRecords bad)
            throws IOException, SQLException {
        var rows = new JsonRow(target.fields(), ignoreUnknown);
        try (RowAppender appender = RowAppender.open(connection, target)) {
            for (SourceFile file : files) {
                load(file, rows, appender, bad);
            }
            return appender.rows();
        }
    }

    private void load(SourceFile file, JsonRow rows, RowAppender appender, BadRecords bad)
            throws IOException, SQLException {
        try (var ahead = RowsAhead.of(read -> read(file, rows, read))) {
            for (List<RowsAhead.Row> batch = ahead.next(); !batch.isEmpty(); batch = ahead.next()) {
                for (RowsAhead.Row row : batch) {
                    append(row, file, appender, bad);
                }
            }
        }
    }

    private static void append(RowsAhead.Row row, SourceFile file, RowAppender appender, BadRecords bad)
            throws SQLException {
        try {
            appender.append(row.good());
        } catch (BadRow e) {
            bad.add(file, row.number(), String.valueOf(e.getMessage()));
        }
    }

    private void read(SourceFile file, JsonRow rows, RowsAhead read) throws IOException, InterruptedException {
        long number = 0;
        try (BufferedReader text = file.text(charset)) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                if (!line.isBlank()) {
                    number++;
                    read.add(row(number, line, rows), line.length());
                }
            }
        }
    }

    private static RowsAhead.Row row(long number, String line, JsonRow rows) {
        try {
            return new RowsAhead.Row(number, rows.values(line), null);
        } catch (BadRow e) {
            return new RowsAhead.Row(number, new Object[0], e);
        }
    }
}
