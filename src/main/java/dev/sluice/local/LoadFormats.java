package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.Objects;

/** The file formats that a load may have. */
final class LoadFormats {

    private static final String JSON = "NEWLINE_DELIMITED_JSON";
    private static final String CSV = "CSV";

    private LoadFormats() {}

    static void requireSupported(JobConfigurationLoad load) {
        if (format(load).equals(CSV)) {
            CsvSettings.of(load);
        } else if (!format(load).equals(JSON)) {
            throw ApiError.unsupported("loads of format " + format(load));
        }
    }

    static RowSource open(JobConfigurationLoad load, Tables.Stored table) {
        if (format(load).equals(JSON)) {
            return new JsonRows(table.fields());
        }
        return new CsvRows(CsvSettings.of(load), columns(load, table), table.fields());
    }

    /** A file's columns have the order of the load's schema, or else of the table's. */
    private static List<TableFieldSchema> columns(JobConfigurationLoad load, Tables.Stored table) {
        return load.getSchema() == null || load.getSchema().getFields() == null
                ? table.fields()
                : load.getSchema().getFields();
    }

    private static String format(JobConfigurationLoad load) {
        return Objects.requireNonNullElse(load.getSourceFormat(), CSV);
    }
}
