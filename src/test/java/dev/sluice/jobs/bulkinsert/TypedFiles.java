package dev.sluice.jobs.bulkinsert;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Writes files of Avro and Parquet. */
final class TypedFiles {

    private TypedFiles() {}

    /** @param rows in Avro's JSON encoding */
    static Path avro(Path file, String fields, String... rows) throws IOException {
        Schema schema = new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"row\", \"fields\": [%s]}".formatted(fields));
        var reader = new GenericDatumReader<GenericRecord>(schema);
        try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            for (String row : rows) {
                writer.append(reader.read(null, DecoderFactory.get().jsonDecoder(schema, row)));
            }
        }
        return file;
    }

    /** @param select in DuckDB's SQL */
    static Path parquet(Path file, String select) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(select, file));
        }
        return file;
    }
}
