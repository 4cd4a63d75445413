package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationExtract;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** How a table is written to a file. */
public interface ExtractFormat {

    /** @throws LoadRefused for settings that are wrong or that are not supported */
    static ExtractFormat of(JobConfigurationExtract extract) {
        String compression = Objects.requireNonNullElse(extract.getCompression(), "NONE");
        return switch (Objects.requireNonNullElse(extract.getDestinationFormat(), "CSV")) {
            case "CSV" ->
                new CsvExtract(
                        delimiter(Objects.requireNonNullElse(extract.getFieldDelimiter(), ",")),
                        !Boolean.FALSE.equals(extract.getPrintHeader()),
                        gzip(compression));
            case "NEWLINE_DELIMITED_JSON" -> new JsonExtract(gzip(compression));
            case "AVRO" -> new AvroExtract(compression, Boolean.TRUE.equals(extract.getUseAvroLogicalTypes()));
            case "PARQUET" -> new ParquetExtract(compression);
            default -> throw LoadRefused.invalid("Unsupported destination format: " + extract.getDestinationFormat());
        };
    }

    private static String delimiter(String text) {
        String delimiter = CsvSettings.delimiter(text);
        if (delimiter.equals("\"") || delimiter.equals("\n") || delimiter.equals("\r")) {
            throw LoadRefused.invalid("fieldDelimiter cannot be a quote, nor end a line");
        }
        return delimiter;
    }

    private static boolean gzip(String compression) {
        return switch (compression) {
            case "NONE" -> false;
            case "GZIP" -> true;
            default -> throw LoadRefused.invalid("Compression %s is not supported here".formatted(compression));
        };
    }

    /** @param rows DuckDB's query for them, with the fields as its columns */
    void write(Connection connection, String rows, List<TableFieldSchema> fields, Path file)
            throws IOException, SQLException;
}
