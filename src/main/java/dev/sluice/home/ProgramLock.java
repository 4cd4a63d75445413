package dev.sluice.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock of one program: shared by those who use it, held alone by who deletes it. The kernel lets go of it when its
 * process ends, however it ends, but also when that process closes any other channel to the same file: whoever takes it
 * for a moment does so in {@link #TURN}.
 */
final class ProgramLock implements AutoCloseable {

    static final String FILE = "in-use";

    /** Of the threads of this process. */
    static final Object TURN = new Object();

    private static final int ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final FileChannel channel;

    private ProgramLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Blocks for 2 s at most. Empty if somebody holds it alone all that time, though a deletion takes but a moment.
     *
     * @throws IOException if the program is not there, or if its file system knows no locks
     */
    static Optional<ProgramLock> shared(Path program, Waiter waiter) throws IOException {
        Optional<ProgramLock> lock = take(program, StandardOpenOption.READ);
        for (int attempt = 1; lock.isEmpty() && attempt < ATTEMPTS; attempt++) {
            waiter.pause(PAUSE);
            lock = take(program, StandardOpenOption.READ);
        }
        return lock;
    }

    /** Empty if anybody else holds it. */
    static Optional<ProgramLock> alone(Path program) throws IOException {
        return take(program, StandardOpenOption.WRITE);
    }

    private static Optional<ProgramLock> take(Path program, StandardOpenOption access) throws IOException {
        var lock = new ProgramLock(FileChannel.open(program.resolve(FILE), access));
        boolean taken = false;
        try {
            taken = lock.channel.tryLock(0, Long.MAX_VALUE, access == StandardOpenOption.READ) != null;
        } catch (OverlappingFileLockException e) {
            // held by this process
        } catch (UnsupportedOperationException e) {
            throw new IOException("no locks here: " + e.getMessage(), e);
        } finally {
            if (!taken) {
                lock.close();
            }
        }
        return taken ? Optional.of(lock) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
