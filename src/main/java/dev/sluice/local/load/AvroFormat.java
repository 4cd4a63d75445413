package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** Avro container files, of any codec. */
final class AvroFormat implements FileFormat {

    private final boolean logicalTypes;
    private final AvroFields columns;

    AvroFormat(JobConfigurationLoad load) {
        this.logicalTypes = Boolean.TRUE.equals(load.getUseAvroLogicalTypes());
        List<String> decimals = Objects.requireNonNullElse(load.getDecimalTargetTypes(), List.of("NUMERIC"));
        this.columns = new AvroFields(logicalTypes, decimals);
    }

    @Override
    public String name() {
        return "Avro";
    }

    @Override
    public boolean guesses() {
        return false;
    }

    @Override
    public Optional<List<TableFieldSchema>> fields(Connection connection, List<SourceFile> files) throws IOException {
        // the last file in alphabetical order has the say
        try (DataFileReader<GenericRecord> records = open(files.get(files.size() - 1))) {
            return Optional.of(columns.of(records.getSchema()));
        }
    }

    private static DataFileReader<GenericRecord> open(SourceFile file) {
        try {
            return new DataFileReader<>(file.path().toFile(), new GenericDatumReader<>());
        } catch (IOException | AvroRuntimeException e) {
            throw LoadRefused.unreadable(file, "The Apache Avro library failed to parse the header.");
        }
    }

    @Override
    public long load(Connection connection, LoadTarget target, List<SourceFile> files, BadRecords bad)
            throws IOException, SQLException {
        try (RowAppender appender = RowAppender.open(connection, target)) {
            for (SourceFile file : files) {
                load(file, target, appender, bad);
            }
            return appender.rows();
        }
    }

    /** The library takes a file that is cut off for one that has ended; a whole file ends with its own mark. */
    private static void requireEnd(SourceFile file, long afterHeader) throws IOException {
        try (var bytes = new RandomAccessFile(file.path().toFile(), "r")) {
            if (!Arrays.equals(mark(bytes, afterHeader), mark(bytes, bytes.length()))) {
                throw LoadRefused.unreadable(file, "The Apache Avro library failed to read data: the file is cut off.");
            }
        }
    }

    private static byte[] mark(RandomAccessFile file, long end) throws IOException {
        var mark = new byte[DataFileConstants.SYNC_SIZE];
        file.seek(end - mark.length);
        file.readFully(mark);
        return mark;
    }

    private void load(SourceFile file, LoadTarget target, RowAppender appender, BadRecords bad)
            throws IOException, SQLException {
        long number = 0;
        try (DataFileReader<GenericRecord> records = open(file)) {
            requireEnd(file, records.previousSync());
            Schema schema = records.getSchema();
            var rows = new AvroRow(target.fields(), schema, logicalTypes);
            while (records.hasNext()) {
                number++;
                try {
                    appender.append(rows.values(records.next()));
                } catch (BadRow e) {
                    bad.add(file, number, String.valueOf(e.getMessage()));
                }
            }
        } catch (AvroRuntimeException e) {
            throw LoadRefused.unreadable(file, "The Apache Avro library failed to read data after row " + number + ".");
        }
    }
}
