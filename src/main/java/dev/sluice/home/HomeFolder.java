package dev.sluice.home;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds everything which outlives a command. Only its owner may look into it. Immutable.
 *
 * @param path absolute
 */
public record HomeFolder(Path path) {

    private static final String DEFAULT_NAME = ".sluice";

    /** Which folder a command means: the one it names, else that of the environment, else one in the working directory. */
    public static Path choose(@Nullable Path named, @Nullable String fromEnvironment) {
        if (named != null) {
            return named;
        }
        return Path.of(fromEnvironment == null || fromEnvironment.isBlank() ? DEFAULT_NAME : fromEnvironment);
    }

    /**
     * Opens the folder, creating it and its parts if they are missing.
     *
     * @throws HomeUnavailable if that is impossible
     */
    public static HomeFolder open(Path path) {
        try {
            createOwnerOnly(path.toAbsolutePath().normalize());
            var folder = new HomeFolder(path.toRealPath());
            createOwnerOnly(folder.logFolder());
            createOwnerOnly(folder.repositoryFolder());
            createOwnerOnly(folder.bigQueryFolder());
            createOwnerOnly(folder.programFolder());
            return folder;
        } catch (IOException e) {
            throw new HomeUnavailable(
                    "cannot use home folder %s: %s; name a writable one with --home or SLUICE_HOME"
                            .formatted(path.toAbsolutePath(), e.getMessage()),
                    e);
        }
    }

    public Path endpointFile() {
        return path.resolve("server.json");
    }

    public Path lockFile() {
        return path.resolve("server.lock");
    }

    public Path logFolder() {
        return path.resolve("log");
    }

    public Path serverLog() {
        return logFolder().resolve("home-server.log");
    }

    /** The copy of our jar that a live server runs from if it may not copy it to the checkout; empty otherwise. */
    Path programFolder() {
        return path.resolve("program");
    }

    public Path repositoryFolder() {
        return path.resolve("repository");
    }

    public Path bigQueryFolder() {
        return path.resolve("bigquery");
    }

    static void createOwnerOnly(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder.getParent());
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        restrict(folder, "rwx------");
    }

    /** Takes every right from everybody but the owner, where the file system knows such rights. */
    static void restrict(Path file, String permissions) throws IOException {
        PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (rights != null) {
            rights.setPermissions(PosixFilePermissions.fromString(permissions));
        }
    }
}
