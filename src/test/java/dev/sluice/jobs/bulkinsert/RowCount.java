package dev.sluice.jobs.bulkinsert;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;

/** How many rows an upload has: lines or, if it begins as Avro does, what its blocks say. Not thread-safe. */
final class RowCount {

    private final ByteArrayOutputStream avro = new ByteArrayOutputStream();
    private long lines;
    private boolean begun;
    private boolean isAvro;

    void add(byte[] bytes, int length) {
        if (!begun && length > 0) {
            begun = true;
            isAvro = bytes[0] == 'O';
        }
        if (isAvro) {
            avro.write(bytes, 0, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
    }

    long rows() throws IOException {
        if (!isAvro) {
            return lines;
        }
        long rows = 0;
        try (var file =
                new DataFileStream<>(new ByteArrayInputStream(avro.toByteArray()), new GenericDatumReader<Object>())) {
            while (file.hasNext()) {
                rows += file.getBlockCount();
                file.nextBlock();
            }
        }
        return rows;
    }
}
