package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a load's files are written. */
public interface FileFormat {

    /**
     * Of a load, as its settings describe it.
     *
     * @throws LoadRefused for settings that are wrong or that are not supported
     */
    static FileFormat of(JobConfigurationLoad load) {
        if (load.getDecimalTargetTypes() != null && !"AVRO".equals(load.getSourceFormat())) {
            throw LoadRefused.unsupported("decimalTargetTypes of other formats than Avro");
        }
        return switch (Objects.requireNonNullElse(load.getSourceFormat(), "CSV")) {
            case "CSV" -> new CsvFormat(CsvSettings.of(load), load);
            case "NEWLINE_DELIMITED_JSON" -> new JsonFormat(load);
            case "AVRO" -> new AvroFormat(load);
            case "PARQUET" -> new ParquetFormat(load);
            case "ORC", "DATASTORE_BACKUP" ->
                throw LoadRefused.unsupported("loads of format " + load.getSourceFormat());
            default -> throw LoadRefused.invalid("Unsupported source format: " + load.getSourceFormat());
        };
    }

    /** As errors name it. */
    String name();

    /** Whether {@link #fields} are but a guess, which an existing table's columns correct. */
    boolean guesses();

    /** The columns that the files themselves name, if they do or if they are to be guessed. */
    Optional<List<TableFieldSchema>> fields(Connection connection, List<SourceFile> files)
            throws IOException, SQLException;

    /**
     * Appends all rows of all files, in their order.
     *
     * @return how many
     * @throws LoadRefused when there are more bad rows than allowed; rows may have been appended
     */
    long load(Connection connection, LoadTarget target, List<SourceFile> files, BadRecords bad)
            throws IOException, SQLException;
}
