package dev.sluice.item.avro;

import dev.sluice.bigquery.LoadContent;
import dev.sluice.item.BlockContent;
import dev.sluice.item.ContentBlocks;
import dev.sluice.item.RowColumns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Lines of JSON, right for a table, as a file of Avro. The same lines give the same bytes. Types are those that BigQuery
 * documents for loads with logical types; it takes blocks of up to 16 MB. Not thread-safe.
 */
public final class AvroRows {

    /** Of a line that is read; it stands on the heap, some forty times as long, until it has been written. */
    static final int MAX_ROW_BYTES = 1 << 20;

    /** Of all records of a row: <code>{}</code> may stand for thousands, each a reference and a byte of Avro. */
    static final int MAX_ROW_MEMBERS = 8 << 20;

    /** With what is before it in a block it fits into what BigQuery takes. */
    static final int MAX_RECORD_BYTES = 14 << 20;

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int LEVEL = 1;

    /** What stands between blocks; the library would take chance for it. */
    private static final byte[] MARK = "sluice-avro-rows".getBytes(StandardCharsets.US_ASCII);

    private final JsonFactory json = asGenerousAsARow();
    private final ContentBlocks memory = new ContentBlocks();
    private final AvroRecord row;
    private final EncodedRecord encoded;
    private long members;

    /** @param columns of the table that the rows are for */
    public AvroRows(RowColumns columns) {
        var numbers = IntStream.iterate(0, number -> number + 1).iterator();
        this.row = new AvroRecord(
                columns, new AvroRecord.Shared(numbers::nextInt, new JsonTexts(json), this::requireFewMembers));
        this.encoded = new EncodedRecord(row.schema());
    }

    /** Lines have been checked, some at a glance, which has no limits for names and texts. */
    private static JsonFactory asGenerousAsARow() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_ROW_BYTES)
                        .maxNameLength(MAX_ROW_BYTES)
                        .maxNumberLength(MAX_ROW_BYTES)
                        .maxStringLength(MAX_ROW_BYTES)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_ROW_BYTES)
                        .build())
                .build();
    }

    private void requireFewMembers(int more) {
        members += more;
        if (members > MAX_ROW_MEMBERS) {
            throw new StreamConstraintsException("more than %d members in a row".formatted(MAX_ROW_MEMBERS));
        }
    }

    /**
     * @param longest no line is longer
     * @return to be released by the caller; empty if a row is too large for Avro, so that lines have to travel as they are
     * @throws IOException if the lines cannot be read
     */
    public Optional<BlockContent> write(LoadContent lines, long longest) throws IOException {
        if (longest > MAX_ROW_BYTES) {
            return Optional.empty();
        }
        var content = new BlockContent(memory);
        boolean whole = false;
        try {
            whole = fill(content, lines);
        } finally {
            if (!whole) {
                content.release();
            }
        }
        return whole ? Optional.of(content) : Optional.empty();
    }

    private boolean fill(BlockContent content, LoadContent lines) throws IOException {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), lines.open());
                var file = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(row.schema()))) {
            file.setCodec(CodecFactory.zstandardCodec(LEVEL)).setSyncInterval(BLOCK_BYTES);
            file.create(row.schema(), new ContentStream(content), MARK);
            return append(parser, file);
        } catch (JacksonException e) {
            return false;
        }
    }

    private boolean append(JsonParser parser, DataFileWriter<GenericRecord> file) throws IOException {
        while (parser.nextToken() != null) {
            members = 0;
            ByteBuffer record = encoded.of(row.read(parser));
            if (record.remaining() > MAX_RECORD_BYTES) {
                return false;
            }
            file.appendEncoded(record);
        }
        return true;
    }
}
