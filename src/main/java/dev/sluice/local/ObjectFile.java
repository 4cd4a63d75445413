package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.load.ExtractFormat;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.load.LoadRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * The one object of Cloud Storage to which rows are written: a file, which appears whole or not at all.
 *
 * @param uri in which a wildcard stands for its number, 0
 * @param job whose file nobody else writes meanwhile
 */
record ObjectFile(GcsFolder objects, String uri, String job) {

    /**
     * @param rows DuckDB's query for them, with the fields as its columns
     * @throws ApiError for what the format cannot have
     */
    void write(Connection connection, String rows, List<TableFieldSchema> fields, ExtractFormat format)
            throws SQLException {
        String name = uri.replace("*", "000000000000");
        try {
            Path file = objects.path(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Path fresh = file.resolveSibling(file.getFileName() + ".part-" + job);
            try {
                format.write(connection, rows, fields, fresh);
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (LoadRefused e) {
            throw ApiError.of(e);
        } catch (IOException e) {
            throw ApiError.backend("%s cannot be written".formatted(name));
        }
    }
}
