package dev.sluice.item.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file of a source. */
public record SourceFile(Path path, Compression compression) {

    public static SourceFile of(Path path) {
        return new SourceFile(path, Compression.of(path));
    }

    /**
     * The file's content, decompressed; the caller closes it. Reading throws {@link BrokenSource} where the compressed
     * data is broken or becomes more than {@code maxExpansion} times as large as it was.
     */
    public InputStream open(int maxExpansion) throws IOException {
        InputStream in = Files.newInputStream(path);
        return compression == Compression.NONE ? in : InflatedStream.open(this, in, maxExpansion);
    }

    /**
     * The file's characters in UTF-8, from a position of that text on; the caller closes it. A position in a file that
     * is neither compressed nor in another encoding is sought, elsewhere everything before it is read again.
     */
    public InputStream openText(Encoding encoding, int maxExpansion, long position) throws IOException {
        if (compression == Compression.NONE && encoding == Encoding.UTF_8) {
            return Channels.newInputStream(FileChannel.open(path).position(position));
        }
        InputStream content = open(maxExpansion);
        InputStream text = encoding == Encoding.UTF_8 ? content : new TranscodedStream(content, encoding);
        try {
            text.skipNBytes(position);
            return text;
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }
}
