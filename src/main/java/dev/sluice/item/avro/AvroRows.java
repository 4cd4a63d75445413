package dev.sluice.item.avro;

import dev.sluice.bigquery.LoadContent;
import dev.sluice.item.BlockContent;
import dev.sluice.item.ContentBlocks;
import dev.sluice.item.RowColumns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Lines of JSON, right for a table, as a file of Avro. The same lines give the same bytes. Types are those that BigQuery
 * documents for loads with logical types; it takes blocks of up to 16 MB. Not thread-safe.
 */
public final class AvroRows {

    /** A row of JSON that is no longer is at most some 9 times that in Avro, all of it one-digit BIGNUMERIC. */
    static final int MAX_ROW_BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int LEVEL = 1;

    /** What stands between blocks; the library would take chance for it. */
    private static final byte[] MARK = "sluice-avro-rows".getBytes(StandardCharsets.US_ASCII);

    private final JsonFactory json = new JsonFactory();
    private final ContentBlocks memory = new ContentBlocks();
    private final AvroRecord row;

    /** @param columns of the table that the rows are for */
    public AvroRows(RowColumns columns) {
        this.row = new AvroRecord(columns, "row", new JsonTexts(json));
    }

    /**
     * @return to be released by the caller; empty if a row is longer than a block may be for sure
     * @throws IOException if the lines cannot be read
     */
    public Optional<BlockContent> write(LoadContent lines) throws IOException {
        var content = new BlockContent(memory);
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), lines.open());
                var file = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(row.schema()))) {
            file.setCodec(CodecFactory.zstandardCodec(LEVEL)).setSyncInterval(BLOCK_BYTES);
            file.create(row.schema(), new ContentStream(content), MARK);
            if (append(parser, file)) {
                file.flush();
                return Optional.of(content);
            }
        }
        content.release();
        return Optional.empty();
    }

    private boolean append(JsonParser parser, DataFileWriter<GenericRecord> file) throws IOException {
        long begun = 0;
        while (parser.nextToken() != null) {
            GenericRecord record = row.read(parser);
            long end = parser.currentLocation().getByteOffset();
            if (end - begun > MAX_ROW_BYTES) {
                return false;
            }
            file.append(record);
            begun = end;
        }
        return true;
    }
}
