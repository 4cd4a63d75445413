package dev.sluice.home;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The class path of a home server: that of this process, except that it takes a copy of our own jar, whose libraries lie
 * in {@code lib} beside it, since a build would overwrite it under the live server. The copy is that of the checkout with
 * its start-up archive ({@link ServerPrograms}), or one in the home folder if the checkout is not ours to write.
 */
final class ServerClassPath {

    private static final String LIBRARIES = "lib";

    private static final String PROGRAMS = "program";

    private final HomeFolder folder;

    ServerClassPath(HomeFolder folder) {
        this.folder = folder;
    }

    /**
     * The options of the java command that name it.
     *
     * @param own the class path of this process
     */
    List<String> options(String own) throws IOException {
        Path jar = Path.of(own.split(File.pathSeparator, -1)[0]).toAbsolutePath();
        Path libraries = jar.resolveSibling(LIBRARIES);
        if (own.contains(File.pathSeparator) || !Files.isRegularFile(jar) || !Files.isDirectory(libraries)) {
            return List.of("-cp", absolute(own));
        }
        Path program;
        try {
            program = new ServerPrograms(jar.resolveSibling(PROGRAMS)).of(jar);
        } catch (IOException | UncheckedIOException e) {
            return List.of("-cp", copy(jar) + File.pathSeparator + libraries + File.separator + "*");
        }
        return ofProgram(program, jar.getFileName());
    }

    private static List<String> ofProgram(Path program, Path jar) throws IOException {
        List<String> options = new ArrayList<>(StartupArchive.in(program).options(StartupArchive.isWanted()));
        options.add("-D" + ServerProgram.PROPERTY + "=" + program);
        options.addAll(List.of("-cp", program.resolve(jar).toString()));
        return options;
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
