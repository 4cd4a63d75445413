package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Avro container files. */
record AvroExtract(String compression, boolean logicalTypes) implements ExtractFormat {

    AvroExtract {
        codec(compression);
    }

    private static CodecFactory codec(String compression) {
        return switch (compression) {
            case "NONE" -> CodecFactory.nullCodec();
            case "SNAPPY" -> CodecFactory.snappyCodec();
            case "DEFLATE" -> CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL);
            default -> throw LoadRefused.invalid("Compression %s is not supported here".formatted(compression));
        };
    }

    @Override
    public void write(Connection connection, String rows, List<TableFieldSchema> fields, Path file)
            throws IOException, SQLException {
        Schema schema = new AvroExtractSchema(logicalTypes).of(fields);
        String columns = new AvroExtractValues(logicalTypes).columns(fields);
        try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT %s FROM (%s)".formatted(columns, rows))) {
            writer.setCodec(codec(compression)).create(schema, file.toFile());
            while (result.next()) {
                writer.append(record(result, schema));
            }
        }
    }

    private static GenericRecord record(ResultSet result, Schema schema) throws SQLException {
        var record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), AvroExtractValues.of(result.getObject(field.pos() + 1), field.schema()));
        }
        return record;
    }
}
