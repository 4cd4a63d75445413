package dev.sluice.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program that this home server runs, and holds so that nobody deletes it. Close it last. */
public final class ServerProgram implements AutoCloseable {

    /** Names its folder; absent if the server runs from another place. */
    static final String PROPERTY = "sluice.home.program";

    private final @Nullable Path folder;
    private final @Nullable FileChannel inUse;

    private ServerProgram(@Nullable Path folder, @Nullable FileChannel inUse) {
        this.folder = folder;
        this.inUse = inUse;
    }

    /** The kernel lets go of it when this process ends, however it ends. */
    public static ServerProgram hold() throws IOException {
        Optional<Path> folder =
                Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
        if (folder.isEmpty()) {
            return new ServerProgram(null, null);
        }
        FileChannel inUse = FileChannel.open(folder.get().resolve(ServerPrograms.IN_USE), StandardOpenOption.READ);
        try {
            inUse.tryLock(0, Long.MAX_VALUE, true);
        } catch (IOException e) {
            inUse.close();
            throw e;
        }
        return new ServerProgram(folder.get(), inUse);
    }

    /** Lets the next servers start faster, if {@code scripts/startup-archive} asks for it. Takes a second or two. */
    public void makeStartupArchive() throws IOException {
        if (folder != null && StartupArchive.isWanted()) {
            StartupArchive.in(folder).make(StartupArchive::dump);
        }
    }

    @Override
    public void close() throws IOException {
        if (inUse != null) {
            inUse.close();
        }
    }
}
