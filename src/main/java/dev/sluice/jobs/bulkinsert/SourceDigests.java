package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.ContentDigest;
import dev.sluice.item.source.Compression;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Digests of what source files contain, decompressed; each is read once per process for as long as size and
 * modification time stay. Several files are told by their digests in order, whatever their names. Thread-safe.
 */
final class SourceDigests {

    private final Map<Version, ContentDigest> known = new ConcurrentHashMap<>();
    private final int maxExpansion;

    /** @param maxExpansion how many times its compressed size a file may become */
    SourceDigests(int maxExpansion) {
        this.maxExpansion = maxExpansion;
    }

    private record Version(Path file, long size, long modifiedNanos) {

        static Version of(Path file) throws IOException {
            long modified = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
            return new Version(file, Files.size(file), modified);
        }
    }

    /** @throws UncheckedIOException if a file cannot be read, or changed while it was read */
    ContentDigest of(List<SourceFile> files) {
        List<ContentDigest> digests = files.stream().map(this::of).toList();
        return ContentDigest.ofPieces(
                digests.stream().map(ContentDigest::sha256).toList(),
                digests.stream().mapToLong(ContentDigest::size).sum());
    }

    private ContentDigest of(SourceFile file) {
        try {
            Version before = Version.of(file.path());
            ContentDigest digest = known.get(before);
            if (digest == null) {
                digest = read(file);
                if (!Version.of(file.path()).equals(before)) {
                    throw new IOException("it changed while it was read; start again when nobody writes to it");
                }
                known.put(before, digest);
            }
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read source %s: %s".formatted(file.path(), e.getMessage()), e);
        }
    }

    private ContentDigest read(SourceFile file) throws IOException {
        if (file.compression() == Compression.NONE) {
            return ContentDigest.of(file.path());
        }
        try (InputStream content = file.open(maxExpansion)) {
            return ContentDigest.of(content);
        }
    }
}
