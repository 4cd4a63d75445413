package dev.sluice.home;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The class path of a home server: that of this process, except that our own jar, whose libraries lie in {@code lib}
 * beside it, is copied to the home folder, since a build would overwrite it under the live server.
 */
final class ServerClassPath {

    private static final String LIBRARIES = "lib";

    private final HomeFolder folder;

    ServerClassPath(HomeFolder folder) {
        this.folder = folder;
    }

    /** @param own the class path of this process */
    String of(String own) throws IOException {
        Path jar = Path.of(own.split(File.pathSeparator, -1)[0]).toAbsolutePath();
        Path libraries = jar.resolveSibling(LIBRARIES);
        if (own.contains(File.pathSeparator) || !Files.isRegularFile(jar) || !Files.isDirectory(libraries)) {
            return absolute(own);
        }
        return copy(jar) + File.pathSeparator + libraries + File.separator + "*";
    }

    private static String absolute(String own) {
        return Arrays.stream(own.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A live server goes on with the deleted copy that it has open. */
    private void deleteOthers() throws IOException {
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder.programFolder(), "sluice-*.jar")) {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        }
    }

    /** Named by what makes a build another one, so that two who start a server at once agree. */
    private Path copy(Path jar) throws IOException {
        Path target = folder.programFolder()
                .resolve("sluice-%d-%d.jar"
                        .formatted(Files.getLastModifiedTime(jar).toMillis(), Files.size(jar)));
        if (Files.exists(target)) {
            return target;
        }
        deleteOthers();
        Path fresh = Files.createTempFile(folder.programFolder(), "sluice", ".new");
        Files.copy(jar, fresh, StandardCopyOption.REPLACE_EXISTING);
        HomeFolder.restrict(fresh, "rw-------");
        return Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
