package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

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
        long number = 0;
        try (BufferedReader text = file.text(charset)) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                number++;
                try {
                    appender.append(rows.values(line));
                } catch (BadRow e) {
                    bad.add(file, number, String.valueOf(e.getMessage()));
                }
            }
        }
    }
}
