package dev.sluice.item.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** One record as its bytes, so that its length is known before it is in a file. Not thread-safe. */
final class EncodedRecord {

    private final Buffer buffer = new Buffer();
    private final GenericDatumWriter<GenericRecord> writer;
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);

    private static final class Buffer extends ByteArrayOutputStream {

        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }

    EncodedRecord(Schema schema) {
        this.writer = new GenericDatumWriter<>(schema);
    }

    /** @return good until the next call */
    ByteBuffer of(GenericRecord row) throws IOException {
        buffer.reset();
        writer.write(row, encoder);
        encoder.flush();
        return buffer.bytes();
    }
}
