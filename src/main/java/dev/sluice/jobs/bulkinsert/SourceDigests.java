package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.ContentDigest;
import dev.sluice.item.Sha256;
import dev.sluice.item.source.Compression;
import dev.sluice.item.source.FileStamp;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Digests of what source files contain, decompressed; each is read once per process for as long as its stamp stays,
 * again as long as that is so young that the next writer may leave the same one.
 * Several files are told by their digests in order, whatever their names. Thread-safe.
 */
final class SourceDigests {

    /** Who writes to a file twice within it may leave the same stamp. */
    private static final Duration COARSEST_TICK = Duration.ofSeconds(2);

    private final Map<FileStamp, ContentDigest> known = new ConcurrentHashMap<>();
    private final Map<FileStamp, Instant> firstSeen = new ConcurrentHashMap<>();
    private final int maxExpansion;
    private final InstantSource clock;

    /** @param maxExpansion how many times its compressed size a file may become */
    SourceDigests(int maxExpansion, InstantSource clock) {
        this.maxExpansion = maxExpansion;
        this.clock = clock;
    }

    /**
     * What the file system says of each of them, without reading them. Whoever takes the stamps before the digest and finds
     * the same ones later will find the same digest, unless they are not settled or the file system lies.
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

    /**
     * Reads what is not known.
     *
     * @throws UncheckedIOException if a file cannot be read
     * @throws SourceChanged if one changed while it was read
     */
    SourceProof prove(List<SourceFile> files) {
        List<SourceProof> proofs = files.stream().map(this::prove).toList();
        return new SourceProof(
                proofs.stream().flatMap(proof -> proof.stamps().stream()).toList(),
                ContentDigest.ofPieces(
                        proofs.stream().map(proof -> proof.digest().sha256()).toList(),
                        proofs.stream()
                                .mapToLong(proof -> proof.digest().size())
                                .sum()),
                proofs.stream().allMatch(SourceProof::settled));
    }

    private SourceProof prove(SourceFile file) {
        FileStamp before = stamp(file);
        boolean settled = isSettled(before);
        ContentDigest digest = known.get(before);
        if (digest != null) {
            return new SourceProof(List.of(before), digest, true);
        }
        digest = read(file, before);
        if (settled) {
            known.put(before, digest);
        }
        return new SourceProof(List.of(before), digest, settled);
    }

    /** By the file system's clock or, should that be ahead of ours, by how long we have seen the stamp. */
    private boolean isSettled(FileStamp stamp) {
        Instant now = clock.instant();
        Instant seen = firstSeen.computeIfAbsent(stamp, unseen -> now);
        Instant old = now.minus(COARSEST_TICK);
        return !stamp.written().isAfter(old) || !seen.isAfter(old);
    }

    /** Whoever writes may also make it end too early. */
    private ContentDigest read(SourceFile file, FileStamp before) {
        try {
            ContentDigest digest = read(file);
            requireStamp(file, before);
            return digest;
        } catch (UncheckedIOException e) {
            requireStamp(file, before);
            throw e;
        }
    }

    private static void requireStamp(SourceFile file, FileStamp before) {
        if (!stamp(file).equals(before)) {
            throw SourceChanged.whileItWasRead(file.path().toString());
        }
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
