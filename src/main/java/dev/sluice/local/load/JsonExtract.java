package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One JSON object a line; what is NULL is left out, integers are texts. "The symbols {@code <}, {@code >}, and {@code &} are
 * converted by using the unicode notation"; JSON has them nowhere but in texts.
 */
record JsonExtract(boolean gzip) implements ExtractFormat {

    @Override
    public void write(Connection connection, String rows, List<TableFieldSchema> fields, Path file)
            throws SQLException {
        ExtractTexts.copy(
                connection,
                "SELECT %s FROM (%s)"
                        .formatted(escaped("CAST(%s AS VARCHAR)".formatted(ExtractTexts.object("", fields, 0))), rows),
                file,
                // the text is a line as it stands: a separator and a quote that no JSON text holds
                "FORMAT csv, HEADER false, DELIMITER '\u0001', QUOTE '', ESCAPE '', COMPRESSION '%s'"
                        .formatted(gzip ? "gzip" : "none"));
    }

    private static String escaped(String text) {
        return "replace(replace(replace(%s, '<', '\\u003c'), '>', '\\u003e'), '&', '\\u0026')".formatted(text);
    }
}
