package dev.sluice.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What one server leaves beside its program for the next: appears whole or not at all, and is never replaced. Several
 * processes may make it at once.
 */
public final class ProgramFile {

    private final Path path;

    public ProgramFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    public boolean isThere() {
        return Files.isReadable(path);
    }

    /** Writes a file that was not there. */
    public interface Content {
        void writeTo(Path fresh) throws IOException;
    }

    /** Does nothing if it is there, or if its folder is not ours to write. */
    public void make(Content content) throws IOException {
        if (!Files.isWritable(path.getParent())) {
            return;
        }
        deleteHalfMade();
        if (Files.exists(path)) {
            return;
        }
        Path fresh = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid());
        try {
            content.writeTo(fresh);
            HomeFolder.restrict(fresh, "rw-------");
            ServerPrograms.toDisk(fresh);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** By processes that died of it, or with it. */
    private void deleteHalfMade() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path.getParent(), path.getFileName() + ".*")) {
            for (Path half : files) {
                String name = half.getFileName().toString();
                if (!isAlive(name.substring(name.lastIndexOf('.') + 1))) {
                    Files.deleteIfExists(half);
                }
            }
        }
    }

    private static boolean isAlive(String pid) {
        return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }
}
