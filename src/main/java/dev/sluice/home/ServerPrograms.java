package dev.sluice.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs that home servers run: one folder per build, named by the digest of our jar, shared by the homes of a
 * checkout. A build overwrites neither the jar nor the path of a live server, and a start-up archive fits all of them.
 */
final class ServerPrograms {

    /** The server that holds it deletes nothing, and nobody deletes what it holds. */
    static final String IN_USE = "in-use";

    private static final String LIBRARIES = "lib";
    private static final String TEMPORARY = "new-";

    /** What a server needs from being started until it holds its program. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Path folder;

    ServerPrograms(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder with a copy of that jar, and of the libraries in {@code lib} beside it.
     *
     * @throws IOException if it is not there and cannot be made, such as on a read-only disk
     */
    Path of(Path jar) throws IOException {
        HomeFolder.createOwnerOnly(folder);
        Path program = folder.resolve(digest(jar));
        if (Files.isDirectory(program)) {
            markUsed(program);
            return program;
        }
        Path fresh = Files.createTempDirectory(folder, TEMPORARY);
        try {
            deleteUnused(Files.getLastModifiedTime(fresh).toInstant().minus(GRACE));
            Files.copy(jar, fresh.resolve(jar.getFileName()));
            HomeFolder.restrict(fresh.resolve(jar.getFileName()), "rw-------");
            copyLibraries(jar.resolveSibling(LIBRARIES), Files.createDirectory(fresh.resolve(LIBRARIES)));
            Files.createFile(fresh.resolve(IN_USE));
            HomeFolder.restrict(fresh.resolve(IN_USE), "rw-------");
            return publish(fresh, program);
        } finally {
            delete(fresh);
        }
    }

    private Path publish(Path fresh, Path program) throws IOException {
        try {
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // another process may have made the same
            if (!Files.isDirectory(program)) {
                throw e;
            }
        }
        markUsed(program);
        return program;
    }

    private static void copyLibraries(Path from, Path to) throws IOException {
        HomeFolder.restrict(to, "rwx------");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
            for (Path jar : jars) {
                if (!UnpackedDriver.copy(jar, to)) {
                    link(jar, to.resolve(jar.getFileName()));
                }
            }
        }
    }

    private static void link(Path jar, Path target) throws IOException {
        try {
            Files.createLink(target, jar);
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** By the clock of the disk, which deletes by it, too: a file that comes and goes changes the folder. */
    private static void markUsed(Path program) {
        try {
            Files.delete(Files.createTempFile(program, "used-", ""));
        } catch (IOException e) {
            // on a read-only disk nobody deletes it either
        }
    }

    private void deleteUnused(Instant since) throws IOException {
        List<Path> programs;
        try (Stream<Path> list = Files.list(folder)) {
            programs = list.toList();
        }
        for (Path program : programs) {
            try {
                Instant used = Files.getLastModifiedTime(program).toInstant();
                if (used.isBefore(since) && !isHeld(program.resolve(IN_USE))) {
                    retire(program);
                }
            } catch (IOException | UncheckedIOException e) {
                // another process deletes it, or the next one will
            }
        }
    }

    /** By one rename, so that what a death leaves of it is never taken for a program. */
    private void retire(Path program) throws IOException {
        Path grave = Files.createTempDirectory(folder, TEMPORARY);
        try {
            Files.move(program, grave.resolve(program.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(grave);
        }
    }

    private static boolean isHeld(Path inUse) throws IOException {
        if (!Files.exists(inUse)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(inUse, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static void delete(Path program) throws IOException {
        if (!Files.exists(program)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(program)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static String digest(Path jar) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
