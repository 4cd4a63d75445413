package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** SHA-256 of source files, read once per process for as long as size and modification time stay. Thread-safe. */
final class SourceDigests {

    private final Map<Version, String> known = new ConcurrentHashMap<>();

    private record Version(Path file, long size, long modifiedNanos) {

        static Version of(Path file) throws IOException {
            var modified = Files.getLastModifiedTime(file);
            return new Version(file, Files.size(file), modified.to(java.util.concurrent.TimeUnit.NANOSECONDS));
        }
    }

    /** A file's digest and the size it had. */
    record SourceDigest(String sha256, long size) {}

    /** @throws UncheckedIOException if the file cannot be read, or changed while it was read */
    SourceDigest of(Path file) {
        try {
            Version before = Version.of(file);
            String digest = known.get(before);
            if (digest == null) {
                digest = Sha256.of(file);
                if (!Version.of(file).equals(before)) {
                    throw new IOException("it changed while it was read; start again when nobody writes to it");
                }
                known.put(before, digest);
            }
            return new SourceDigest(digest, before.size());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read source " + file + ": " + e.getMessage(), e);
        }
    }
}
