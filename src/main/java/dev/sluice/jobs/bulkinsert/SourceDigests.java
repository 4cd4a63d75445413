package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.ContentDigest;
import dev.sluice.item.Sha256;
import dev.sluice.item.source.Compression;
import dev.sluice.item.source.FileStamp;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Digests of what source files contain, decompressed; each is read once per process for as long as its stamp stays.
 * Several files are told by their digests in order, whatever their names. Thread-safe.
 */
final class SourceDigests {

    private final Map<FileStamp, ContentDigest> known = new ConcurrentHashMap<>();
    private final int maxExpansion;

    /** @param maxExpansion how many times its compressed size a file may become */
    SourceDigests(int maxExpansion) {
        this.maxExpansion = maxExpansion;
    }

    /**
     * What the file system says of each of them, without reading them. Whoever takes the stamps before the digest and finds
     * the same ones later will find the same digest, unless the file system lies.
     *
     * @throws UncheckedIOException if a file is not there
     */
    List<FileStamp> stamps(List<SourceFile> files) {
        return files.stream().map(SourceDigests::stamp).toList();
    }

    /** As the ledger keeps them. */
    static String name(List<FileStamp> stamps) {
        return Sha256.of(stamps.stream().map(FileStamp::toString).collect(Collectors.joining("\n")));
    }

    private static FileStamp stamp(SourceFile file) {
        try {
            return FileStamp.of(file.path());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Whether this process has digested files with these stamps. */
    boolean know(List<FileStamp> stamps) {
        return known.keySet().containsAll(stamps);
    }

    /** @throws UncheckedIOException if a file cannot be read, or changed while it was read */
    ContentDigest of(List<SourceFile> files) {
        List<ContentDigest> digests = files.stream().map(this::of).toList();
        return ContentDigest.ofPieces(
                digests.stream().map(ContentDigest::sha256).toList(),
                digests.stream().mapToLong(ContentDigest::size).sum());
    }

    private ContentDigest of(SourceFile file) {
        FileStamp before = stamp(file);
        ContentDigest digest = known.get(before);
        if (digest == null) {
            digest = read(file);
            if (!stamp(file).equals(before)) {
                throw unreadable(
                        file, new IOException("it changed while it was read; start again when nobody writes to it"));
            }
            known.put(before, digest);
        }
        return digest;
    }

    private ContentDigest read(SourceFile file) {
        try {
            if (file.compression() == Compression.NONE) {
                return ContentDigest.of(file.path());
            }
            try (InputStream content = file.open(maxExpansion)) {
                return ContentDigest.of(content);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static UncheckedIOException unreadable(SourceFile file, IOException e) {
        return new UncheckedIOException("cannot read source %s: %s".formatted(file.path(), e.getMessage()), e);
    }
}
