package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resumable uploads: a session is a row, its bytes are a file; both outlive the process. */
final class Uploads {

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final int BUFFER_BYTES = 1 << 18;

    private final Store store;
    private final Path folder;

    Uploads(Store store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /** @return the session's id */
    String begin(Job job) {
        return store.change(connection -> {
            String id = "u" + Store.next(connection, "meta.job_number");
            Store.update(connection, "INSERT INTO meta.uploads VALUES (?, ?)", id, Json.write(job));
            return id;
        });
    }

    /** The job that the session is for; with a status if it was accepted. */
    Optional<Job> job(String id) {
        return store.read(connection -> Store.text(connection, "SELECT job FROM meta.uploads WHERE id = ?", id))
                .map(json -> Json.read(json, Job.class));
    }

    /** In the transaction that accepts the job. A client that has missed the answer may still ask for it. */
    static void end(Connection connection, String id, Job accepted) throws SQLException {
        Store.update(connection, "UPDATE meta.uploads SET job = ? WHERE id = ?", Json.write(accepted), id);
    }

    void cancel(String id) {
        store.change(connection -> Store.update(connection, "DELETE FROM meta.uploads WHERE id = ?", id));
        remove(file(id));
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    long size(String id) throws IOException {
        return Files.exists(file(id)) ? Files.size(file(id)) : 0;
    }

    /** Appends what begins where the file ends; bytes that are there already or come too early are ignored. */
    void append(String id, long offset, InputStream body) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file(id), options)) {
            OwnerOnly.protect(file(id));
            if (channel.size() != offset) {
                return;
            }
            channel.position(offset);
            var buffer = new byte[BUFFER_BYTES];
            try {
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    channel.write(ByteBuffer.wrap(buffer, 0, n));
                }
            } finally {
                channel.force(false);
            }
        }
    }

    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("cannot remove the uploaded bytes {}: {}", file, e.getMessage());
        }
    }

    /** Removes the bytes that no session and no unfinished job needs: a crash came before their removal. */
    void removeOrphans() throws IOException {
        List<String> needed = store.read(connection -> Store.texts(
                connection,
                "SELECT content FROM meta.jobs WHERE state <> 'DONE'"
                        + " UNION ALL SELECT id FROM meta.uploads WHERE json_extract(job, '$.status') IS NULL"));
        var names = new HashSet<Path>();
        needed.forEach(name -> names.add(file(name)));
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !names.contains(file)).forEach(this::remove);
        }
    }
}
