package dev.sluice.local;

import dev.sluice.home.EndpointFile;
import dev.sluice.home.HomeEndpoint;
import dev.sluice.home.HomeFolder;
import dev.sluice.home.HomeUnavailable;
import dev.sluice.home.ServerProgram;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that serves one home folder: the local BigQuery, the repository, and a count of who needs them. */
public final class HomeServer {

    private static final Logger log = LoggerFactory.getLogger(HomeServer.class);
    private static final int ALREADY_SERVED = 4;
    private static final int UNAVAILABLE = 8;

    private final HomeFolder folder;
    private final HomeServerOptions options;
    private final HomeServerEnd end = new HomeServerEnd();

    private HomeServer(HomeFolder folder, HomeServerOptions options) {
        this.folder = folder;
        this.options = options;
    }

    public static void main(String[] arguments) {
        HomeServerOptions options = HomeServerOptions.parse(arguments);
        int code = UNAVAILABLE;
        try {
            code = new HomeServer(HomeFolder.open(options.home()), options).serveAlone();
        } catch (IOException | SQLException | IllegalArgumentException | IllegalStateException | HomeUnavailable e) {
            System.err.printf("cannot serve %s: %s%n", options.home(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(code);
    }

    /** The archive is made last, when the next server may serve already. */
    private int serveAlone() throws IOException, SQLException, InterruptedException {
        try (var program = ServerProgram.hold()) {
            if (!hasServed(program)) {
                return beaten();
            }
            makeStartupArchive(program);
            return 0;
        } finally {
            end.reached();
        }
    }

    /** False if another server does. The kernel lets go of the lock when this process ends, however it ends. */
    private boolean hasServed(ServerProgram program) throws IOException, SQLException, InterruptedException {
        try (FileChannel file =
                        FileChannel.open(folder.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock == null) {
                return false;
            }
            serve(program);
            return true;
        }
    }

    private int beaten() {
        if (!options.foreground()) {
            return 0;
        }
        System.err.printf(
                "cannot serve %s: a home server is running already; it ends when nothing needs it, or use another --home%n",
                folder.path());
        return ALREADY_SERVED;
    }

    private void serve(ServerProgram program) throws IOException, SQLException, InterruptedException {
        String token = HomeServerTokens.fresh();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        var idleness = new HomeServerIdleness(options.patience(), scheduler);
        end.onSignal(idleness);
        try {
            serve(program, token, idleness);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private void serve(ServerProgram program, String token, HomeServerIdleness idleness)
            throws IOException, SQLException, InterruptedException {
        var endpoints = new EndpointFile(folder);
        Clock clock = Clock.systemUTC();
        try (var opening = OpeningRepository.begin(folder, token, options.root(), program);
                var bigQuery = LocalBigQuery.open(
                        folder.path().resolve("bigquery"), options.restPort(), token, clock, options.settings(clock));
                var attachments = new HomeServerAttachments(token, idleness)) {
            var endpoint = new HomeEndpoint(
                    ProcessHandle.current().pid(),
                    bigQuery.url(),
                    bigQuery.writeAddress(),
                    opening.await().jdbcUrl(),
                    attachments.port(),
                    token);
            attachments.listen();
            idleness.start();
            endpoints.write(endpoint);
            if (options.untilInputEnds()) {
                end.withInput(idleness);
            }
            announce(endpoint);
            awaitEnd(bigQuery, idleness, clock);
            endpoints.delete();
        }
    }

    /** A server that serves a command or two has no time to rehearse. */
    private void awaitEnd(LocalBigQuery bigQuery, HomeServerIdleness idleness, Clock clock)
            throws InterruptedException {
        if (!options.foreground()) {
            idleness.awaitEnd();
            return;
        }
        Rehearsal rehearsal = Rehearsal.begin(folder.path().resolve("rehearsal"), clock, () -> !bigQuery.isAsked());
        try {
            idleness.awaitEnd();
        } finally {
            rehearsal.close();
        }
    }

    private static void makeStartupArchive(ServerProgram program) {
        try {
            program.makeStartupArchive();
        } catch (IOException e) {
            log.warn("cannot make a start-up archive, so that servers start slower: {}", e.getMessage());
        }
    }

    private void announce(HomeEndpoint endpoint) {
        if (options.foreground()) {
            System.out.printf(
                    "ready: bigquery=%s storage-write=%s jdbc=%s user=%s token-file=%s%n",
                    endpoint.bigQueryUrl(),
                    endpoint.storageWrite(),
                    endpoint.jdbcUrl(),
                    HomeServerRepository.USER,
                    folder.endpointFile());
            System.out.flush();
        }
    }
}
