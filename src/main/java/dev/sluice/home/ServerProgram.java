package dev.sluice.home;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program that this home server runs, and holds so that nobody deletes it. Close it last. */
public final class ServerProgram implements AutoCloseable {

    /** Names its folder; absent if the server runs from another place. */
    static final String PROPERTY = "sluice.home.program";

    private static final Logger log = LoggerFactory.getLogger(ServerProgram.class);

    private final @Nullable Path folder;
    private final @Nullable ProgramLock lock;

    private ServerProgram(@Nullable Path folder, @Nullable ProgramLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Blocks for 2 s at most. A program that cannot be held is used nevertheless, with a warning.
     *
     * @throws IOException if it has been deleted
     */
    public static ServerProgram hold() throws IOException {
        String folder = System.getProperty(PROPERTY);
        return folder == null ? new ServerProgram(null, null) : hold(Path.of(folder), Waiter.parking());
    }

    static ServerProgram hold(Path folder, Waiter waiter) throws IOException {
        try {
            Optional<ProgramLock> lock = ProgramLock.shared(folder, waiter);
            if (lock.isEmpty()) {
                warn(folder, "another process does not let go of it");
            }
            return new ServerProgram(folder, lock.orElse(null));
        } catch (NoSuchFileException e) {
            throw new IOException("its program %s has been deleted; start it again".formatted(folder), e);
        } catch (IOException e) {
            warn(folder, String.valueOf(e.getMessage()));
            return new ServerProgram(folder, null);
        }
    }

    private static void warn(Path folder, String reason) {
        log.warn("cannot hold {}: {}; a build may delete it while this server runs from it", folder, reason);
    }

    /** Lets the next servers start faster, if {@code scripts/startup-archive} asks for it; deletes what Java refused. Takes a second or two. */
    public void makeStartupArchive() throws IOException {
        if (folder == null) {
            return;
        }
        StartupArchive archive = StartupArchive.in(folder);
        if (StartupArchive.isWanted()) {
            archive.make(StartupArchive::dump);
        }
        archive.deleteIfRefused();
    }

    /** A file beside it; empty if the server runs from another place. */
    public Optional<ProgramFile> file(String name) {
        return Optional.ofNullable(folder).map(program -> new ProgramFile(program.resolve(name)));
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
