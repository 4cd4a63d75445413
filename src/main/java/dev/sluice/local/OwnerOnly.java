package dev.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files and folders that nobody but their owner reads, where the file system knows owners. */
final class OwnerOnly {

    private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);
    static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    static Path folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        PosixFileAttributeView rights = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (rights != null) {
            rights.setPermissions(FOLDER);
        }
        return folder;
    }

    /** Mends a file that another library has made, if it is there. */
    static void protect(Path file) {
        PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            if (rights != null
                    && Files.exists(file)
                    && !rights.readAttributes().permissions().equals(FILE)) {
                rights.setPermissions(FILE);
            }
        } catch (NoSuchFileException e) {
            // removed in between
        } catch (IOException e) {
            log.warn("cannot make {} private: {}", file, e.getMessage());
        }
    }
}
