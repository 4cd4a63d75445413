package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Separated values, which DuckDB writes of texts. */
record CsvExtract(String delimiter, boolean header, boolean gzip) implements ExtractFormat {

    @Override
    public void write(Connection connection, String rows, List<TableFieldSchema> fields, Path file)
            throws SQLException {
        String values = fields.stream()
                .map(field -> "%s AS %s".formatted(ExtractTexts.flat(field), ExtractTexts.quoted(field.getName())))
                .collect(Collectors.joining(", "));
        ExtractTexts.copy(
                connection,
                "SELECT %s FROM (%s)".formatted(values, rows),
                file,
                "FORMAT csv, HEADER %s, DELIMITER '%s', COMPRESSION '%s'"
                        .formatted(header, delimiter.replace("'", "''"), gzip ? "gzip" : "none"));
    }
}
