package dev.sluice.local;

import com.google.api.services.bigquery.model.ExportDataStatistics;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationExtract;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.load.ExtractFormat;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.load.LoadRefused;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Statement;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** EXPORT DATA: rows of a query written to an object of Cloud Storage. */
final class ExportEffects {

    private final GcsFolder objects;

    ExportEffects(GcsFolder objects) {
        this.objects = objects;
    }

    /** What OPTIONS say; that there is no header is EXPORT DATA's default, and no extract's. */
    private record Wanted(JobConfigurationExtract extract, boolean overwrites) {}

    void apply(
            Connection connection,
            Job job,
            Statement.Export export,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        Wanted wanted = wanted(new OptionValues(connection, parameters).of(export.options()));
        String uri = wanted.extract().getDestinationUri();
        try {
            requireUsable(uri, wanted.overwrites());
            ExtractFormat format = ExtractFormat.of(wanted.extract());
            ComputedRows.compute(connection, export.source(), parameters, state);
            new ObjectFile(objects, uri, job.getJobReference().getJobId())
                    .write(
                            connection,
                            rows(export.source().columns()),
                            ColumnTypes.fields(export.source().columns()),
                            format);
        } catch (LoadRefused e) {
            throw ApiError.of(e);
        }
        long rows = Long.parseLong(Store.text(connection, "SELECT count(*) FROM " + ComputedRows.ROWS)
                .orElseThrow());
        ComputedRows.drop(connection);
        job.getStatistics()
                .getQuery()
                .setExportDataStatistics(
                        new ExportDataStatistics().setFileCount(1L).setRowCount(rows));
    }

    private static String rows(List<Column> columns) {
        String names = columns.stream()
                .map(column -> ColumnTypes.quoted(column.name()))
                .collect(Collectors.joining(", "));
        return "SELECT * FROM %s AS computed (%s)".formatted(ComputedRows.ROWS, names);
    }

    private static Wanted wanted(Map<String, OptionValue> options) {
        var extract = new JobConfigurationExtract().setPrintHeader(false);
        boolean overwrites = false;
        for (OptionValue value : options.values()) {
            switch (value.name()) {
                case "uri" -> extract.setDestinationUri(value.text());
                case "format" -> extract.setDestinationFormat(format(value.text()));
                case "compression" -> extract.setCompression(upper(value.text()));
                case "field_delimiter" -> extract.setFieldDelimiter(value.text());
                case "header" -> extract.setPrintHeader(value.isTrue());
                case "use_avro_logical_types" -> extract.setUseAvroLogicalTypes(value.isTrue());
                case "overwrite" -> overwrites = value.isTrue();
                default -> throw ApiError.unsupported("option " + value.name() + " of EXPORT DATA");
            }
        }
        if (extract.getDestinationUri() == null || extract.getDestinationFormat() == null) {
            throw refused("EXPORT DATA needs the options uri and format");
        }
        return new Wanted(extract, overwrites);
    }

    private static @Nullable String upper(@Nullable String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    /** As extracts call it. */
    private static @Nullable String format(@Nullable String text) {
        String upper = upper(text);
        if (upper != null && !List.of("AVRO", "CSV", "JSON", "PARQUET").contains(upper)) {
            throw refused("'%s' is not a valid value; failed to set 'format' in EXPORT DATA OPTIONS".formatted(text));
        }
        return "JSON".equals(upper) ? "NEWLINE_DELIMITED_JSON" : upper;
    }

    private void requireUsable(String uri, boolean overwrites) {
        objects.require(List.of(uri));
        if (uri.indexOf('*') < 0) {
            throw refused("The option uri of EXPORT DATA must have one wildcard: " + uri);
        }
        if (!overwrites && isThere(uri)) {
            throw refused(
                    "There are objects at %s already; EXPORT DATA replaces them with overwrite = true".formatted(uri));
        }
    }

    private boolean isThere(String uri) {
        try {
            return !objects.files(List.of(uri)).isEmpty();
        } catch (LoadRefused e) {
            return false;
        } catch (IOException e) {
            throw ApiError.backend("%s cannot be read".formatted(uri));
        }
    }

    private static ApiError refused(String why) {
        return new ApiError(400, "invalidQuery", why);
    }
}
