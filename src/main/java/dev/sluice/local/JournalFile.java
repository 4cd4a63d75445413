package dev.sluice.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final RandomAccessFile file; // whoever is interrupted does not close it, as would be with a channel
    private long end;

    private JournalFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    static JournalFile open(Path path) throws IOException {
        var file = new RandomAccessFile(path.toFile(), "rw");
        OwnerOnly.protect(path);
        return new JournalFile(path, file);
    }

    /** All that can be read, from the first to the one before the first that cannot. */
    List<JournalEntry> read() throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
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

    /** When this returns, the end of this process does not lose it; if it throws, the next one takes its place. */
    void append(JournalEntry entry) throws IOException {
        byte[] line = (JsonMapper.shared().writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        file.seek(end);
        file.write(line);
        end += line.length;
    }

    long bytes() {
        return end;
    }

    /** Entries that are left in the file if this fails are known to be in DuckDB. */
    void clear() {
        try {
            file.setLength(0);
            end = 0;
        } catch (IOException e) {
            log.warn("cannot empty {}: {}", path.getFileName(), e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
