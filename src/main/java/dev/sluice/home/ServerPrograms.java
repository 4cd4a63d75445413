package dev.sluice.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The programs that home servers run: one folder per build, named by the digest of our jar, shared by the homes of a
 * checkout. A build that writes over our jar harms no live server, and a start-up archive fits all of them. The folder
 * lies where builds put their results, however: {@code mvn clean} takes it away under a live server.
 */
final class ServerPrograms {

    static final String TEMPORARY = "new-";

    private static final String LIBRARIES = "lib";

    /** What a server needs from being started until it holds its program. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Path folder;
    private final Waiter waiter;

    ServerPrograms(Path folder) {
        this(folder, Waiter.parking());
    }

    ServerPrograms(Path folder, Waiter waiter) {
        this.folder = folder;
        this.waiter = waiter;
    }

    /**
     * The folder with a copy of that jar, and of the libraries in {@code lib} beside it.
     *
     * @throws IOException if it is not there and cannot be made, such as on a read-only disk
     */
    Path of(Path jar) throws IOException {
        HomeFolder.createOwnerOnly(folder);
        Path program = folder.resolve(digest(jar));
        if (isThereToUse(program)) {
            return program;
        }
        Path fresh = Files.createTempDirectory(folder, TEMPORARY);
        try {
            new UnusedPrograms(folder)
                    .delete(Files.getLastModifiedTime(fresh).toInstant().minus(GRACE));
            return publish(fresh, folder.resolve(make(fresh, jar)));
        } finally {
            UnusedPrograms.deleteWhole(fresh);
        }
    }

    /** Returns its name, that of what has been copied: a build may write another jar at any time. */
    private static String make(Path fresh, Path jar) throws IOException {
        Path copy = Files.copy(jar, fresh.resolve(jar.getFileName()));
        HomeFolder.restrict(copy, "rw-------");
        toDisk(copy);
        copyLibraries(jar.resolveSibling(LIBRARIES), Files.createDirectory(fresh.resolve(LIBRARIES)));
        HomeFolder.restrict(Files.createFile(fresh.resolve(ProgramLock.FILE)), "rw-------");
        return digest(copy);
    }

    private Path publish(Path fresh, Path program) throws IOException {
        try {
            Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // another process may have made the same
            if (!isThereToUse(program)) {
                throw e;
            }
        }
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
            toDisk(target);
        }
    }

    /** Before a file is moved to where it stays: half of it, after a power cut, would stay, too. */
    static void toDisk(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** False if it is not there, or no longer. If it is, nobody deletes it before a server had time to hold it. */
    private boolean isThereToUse(Path program) throws IOException {
        if (!Files.isDirectory(program)) {
            return false;
        }
        synchronized (ProgramLock.TURN) {
            return isStillThereToUse(program);
        }
    }

    @SuppressWarnings("try") // the lock is held, not used
    private boolean isStillThereToUse(Path program) throws IOException {
        Optional<ProgramLock> lock;
        try {
            lock = ProgramLock.shared(program, waiter);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return isThereMarkedAsUsed(program); // without locks nobody deletes it
        }
        try (var held = lock.orElseThrow(() -> new IOException("somebody is deleting " + program))) {
            return isThereMarkedAsUsed(program);
        }
    }

    /** By the clock of the disk, which deletes by it, too: a file that comes and goes changes the folder. */
    private static boolean isThereMarkedAsUsed(Path program) {
        try {
            Files.delete(Files.createTempFile(program, "used-", ""));
        } catch (IOException e) {
            // on a read-only disk nobody deletes it either
        }
        return Files.isDirectory(program);
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
