package dev.sluice.item.avro;

import dev.sluice.item.BlockContent;
import java.io.OutputStream;

/** Appends what is written to a content. Not thread-safe. */
final class ContentStream extends OutputStream {

    private final BlockContent content;

    ContentStream(BlockContent content) {
        this.content = content;
    }

    @Override
    public void write(int b) {
        content.append(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        content.append(bytes, from, from + length);
    }
}
