package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Resumable uploads: a session is a row, its bytes are a file; both outlive the process. */
final class Uploads {

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

    Optional<Job> job(String id) {
        return store.read(connection -> Store.text(connection, "SELECT job FROM meta.uploads WHERE id = ?", id))
                .map(json -> Json.read(json, Job.class));
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    long size(String id) throws IOException {
        return Files.exists(file(id)) ? Files.size(file(id)) : 0;
    }

    /** Appends what begins where the file ends; bytes that are there already or come too early are ignored. */
    void append(String id, long offset, InputStream body) throws IOException {
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file(id), options, permissions)) {
            if (channel.size() != offset) {
                return;
            }
            channel.position(offset);
            var buffer = new byte[BUFFER_BYTES];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                channel.write(ByteBuffer.wrap(buffer, 0, n));
            }
            channel.force(false);
        }
    }

    void forget(String id) {
        store.change(connection -> Store.update(connection, "DELETE FROM meta.uploads WHERE id = ?", id));
    }
}
