package dev.sluice.home;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attaches to the home server of a folder and starts one if there is none. Thread-safe. */
public final class HomeServers {

    private static final Duration LOOK = Duration.ofMillis(25);

    /** A server that loses the race for the lock ends at once; the winner may be ending too, so try again, not too often. */
    private static final int LOOKS_BETWEEN_SPAWNS = 60;

    private final ServerProcess process;
    private final Waiter waiter;

    public HomeServers(ServerProcess process) {
        this(process, Waiter.parking());
    }

    HomeServers(ServerProcess process, Waiter waiter) {
        this.process = process;
        this.waiter = waiter;
    }

    /** Attaches if a live server is there; starts none. Blocks for at most 4 seconds. */
    public Optional<HomeAttachment> find(HomeFolder folder) {
        return new EndpointFile(folder).read().flatMap(HomeConnection::open);
    }

    /**
     * Attaches, after starting a server if need be. Several callers at once get the same server.
     *
     * @param limit how long to wait for a server that has to be started; a look that takes its time may exceed it by 4 s
     * @throws HomeUnavailable if none is ready in time
     */
    public HomeAttachment attach(HomeFolder folder, Duration limit) {
        long began = waiter.nanos().getAsLong();
        Process spawned = null;
        for (long look = 0; waiter.nanos().getAsLong() - began < limit.toNanos(); look++) {
            Optional<HomeAttachment> attachment = find(folder);
            if (attachment.isPresent()) {
                return attachment.get();
            }
            if (look % LOOKS_BETWEEN_SPAWNS == 0 && (spawned == null || !spawned.isAlive())) {
                failIfBroken(spawned, folder);
                spawned = spawn(folder);
            }
            waiter.pause(LOOK);
        }
        throw new HomeUnavailable(
                "cannot start the home server of %s: not ready within %d s; see %s"
                        .formatted(folder.path(), limit.toSeconds(), folder.serverLog()),
                null);
    }

    private Process spawn(HomeFolder folder) {
        try {
            return process.spawn(folder);
        } catch (IOException e) {
            throw new HomeUnavailable(
                    "cannot start the home server of %s: %s; run doctor".formatted(folder.path(), e.getMessage()), e);
        }
    }

    private static void failIfBroken(@Nullable Process spawned, HomeFolder folder) {
        if (spawned != null && spawned.exitValue() != 0) {
            throw new HomeUnavailable(
                    "cannot start the home server of %s: it ended with code %d; see %s"
                            .formatted(folder.path(), spawned.exitValue(), folder.serverLog()),
                    null);
        }
    }
}
