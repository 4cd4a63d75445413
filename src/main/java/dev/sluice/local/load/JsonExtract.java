package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One JSON object a line; what is NULL is left out, integers are texts. */
record JsonExtract(boolean gzip) implements ExtractFormat {

    @Override
    public void write(Connection connection, String rows, List<TableFieldSchema> fields, Path file)
            throws SQLException {
        ExtractTexts.copy(
                connection,
                "SELECT CAST(%s AS VARCHAR) FROM (%s)".formatted(ExtractTexts.object("", fields, 0), rows),
                file,
                // the text is a line as it stands: a separator and a quote that no JSON text holds
                "FORMAT csv, HEADER false, DELIMITER '\u0001', QUOTE '', ESCAPE '', COMPRESSION '%s'"
                        .formatted(gzip ? "gzip" : "none"));
    }
}
