package dev.sluice.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The file of the {@link Journal}: an entry a line, in JSON. What a crash has cut off at its end was never told. Not thread-safe. */
final class JournalFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JournalFile.class);

    private final Path path;
    private final FileChannel channel;
    private long end;

    private JournalFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static JournalFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        OwnerOnly.protect(path);
        return new JournalFile(path, channel);
    }

    /** All that can be read, from the first to the one before the first that cannot. */
    List<JournalEntry> read() throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        byte[] bytes = Files.readAllBytes(path);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int start = 0;
        for (int stop = text.indexOf('\n'); stop >= 0; stop = text.indexOf('\n', start)) {
            try {
                entries.add(JsonMapper.shared().readValue(text.substring(start, stop), JournalEntry.class));
            } catch (JacksonException e) {
                break;
            }
            start = stop + 1;
        }
        if (start < text.length()) {
            log.warn("{} ends within an entry, as after a crash; that entry is left out", path.getFileName());
        }
        return entries;
    }

    /** When this returns, the end of this process does not lose it. */
    void append(JournalEntry entry) throws IOException {
        byte[] line = (JsonMapper.shared().writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
            channel.write(buffer, end + buffer.position());
        }
        end += line.length;
    }

    /** In bytes. */
    long size() {
        return end;
    }

    void clear() throws IOException {
        channel.truncate(0);
        end = 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
