package dev.sluice.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, each wait with a limit. */
class HomeServerTests {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String WRONG = "0".repeat(48);

    /** Above every pid that a kernel gives. */
    private static final long NOBODY = 1L << 40;

    private HomeFolder folder;

    @BeforeEach
    void open(@TempDir Path parent) {
        folder = HomeFolder.open(parent.resolve("home"));
    }

    @AfterEach
    void end() {
        server().ifPresent(HomeServerTests::kill);
    }

    @Test
    void startsOneServerForTwoWhoAttachAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        var together = new CyclicBarrier(2);
        Callable<HomeEndpoint> attach = () -> {
            together.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            try (HomeAttachment attachment = servers(30).attach(folder, LIMIT)) {
                return attachment.endpoint();
            }
        };
        try {
            Future<HomeEndpoint> one = threads.submit(attach);
            Future<HomeEndpoint> other = threads.submit(attach);

            assertThat(one.get(2, TimeUnit.MINUTES)).isEqualTo(other.get(2, TimeUnit.MINUTES));
        } finally {
            threads.shutdownNow();
        }
        try (HomeAttachment found = servers(30).find(folder).orElseThrow()) {
            assertThat(found.endpoint().pid()).isEqualTo(server().orElseThrow().pid());
        }
    }

    @Test
    void endsWhenNobodyHasBeenAttachedForAWhileAndComesBackWithItsData() throws Exception {
        HomeEndpoint first;
        ProcessHandle process;
        try (HomeAttachment attachment = servers(1).attach(folder, LIMIT)) {
            first = attachment.endpoint();
            process = server().orElseThrow();
            keep(first);
            assertThat(process.onExit()).isNotDone();
        }

        process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(folder.endpointFile()).doesNotExist();
        assertThat(servers(1).find(folder)).isEmpty();
        requireKept(first);
    }

    @Test
    void comesBackWithItsDataAfterItWasKilled() throws Exception {
        try (HomeAttachment attachment = servers(30).attach(folder, LIMIT)) {
            HomeEndpoint first = attachment.endpoint();
            keep(first);
            kill(server().orElseThrow());

            assertThat(folder.endpointFile()).exists();
            requireKept(first);
        }
    }

    @Test
    void refusesEveryoneWithoutItsToken() throws Exception {
        try (HomeAttachment attachment = servers(30).attach(folder, LIMIT)) {
            HomeEndpoint endpoint = attachment.endpoint();

            assertThat(HomeConnection.open(withToken(endpoint, WRONG))).isEmpty();
            assertThat(datasets(endpoint, "GET", WRONG, "").statusCode()).isEqualTo(401);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> connect(endpoint, WRONG).close());
            assertThat(datasets(endpoint, "GET", endpoint.token(), "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void keepsItsFilesToItsOwnerAndItsLogAmongThem() throws Exception {
        Path faults = folder.path().resolveSibling("faults.yaml");
        Files.writeString(faults, "rules:\n  - {on: datasets, calls: [1], fault: stall, millis: 1}\n");
        try (HomeAttachment attachment =
                        servers(30, "-Dsluice.local.fault-script=" + faults).attach(folder, LIMIT);
                Stream<Path> files = Files.walk(folder.path())) {
            keep(attachment.endpoint());
            assertThat(folder.serverLog()).content().contains("Z WARN FaultPlan - fault 1: ");

            assertThat(files)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void looksBehindAnEndpointFileThatAnotherProcessListensTo() throws Exception {
        try (var stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            new EndpointFile(folder)
                    .write(new HomeEndpoint(
                            NOBODY, "http://127.0.0.1:1", "127.0.0.1:1", "jdbc:h2:x", stranger.getLocalPort(), WRONG));

            try (HomeAttachment attachment = servers(30).attach(folder, LIMIT)) {
                assertThat(attachment.endpoint().token()).isNotEqualTo(WRONG);
                assertThat(attachment.endpoint().attachPort()).isNotEqualTo(stranger.getLocalPort());
            }
        }
    }

    @Test
    void takesAnUnreadableEndpointFileForNone() throws Exception {
        Files.writeString(folder.endpointFile(), "{\"pid\":");

        try (HomeAttachment attachment = servers(30).attach(folder, LIMIT)) {
            assertThat(datasets(
                                    attachment.endpoint(),
                                    "GET",
                                    attachment.endpoint().token(),
                                    "")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void saysWhereTheLogIsIfTheServerCannotStart() throws Exception {
        Files.createDirectory(folder.lockFile());

        assertThatThrownBy(() -> servers(30).attach(folder, LIMIT))
                .isInstanceOf(HomeUnavailable.class)
                .hasMessageContaining("ended with code 8")
                .hasMessageContaining(folder.serverLog().toString());
    }

    @Test
    void givesUpWhenItsTimeIsOverHoweverLongALookTakes() throws Exception {
        try (var stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var lock = FileChannel.open(folder.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(lock.lock().isValid()).isTrue();
            new EndpointFile(folder)
                    .write(new HomeEndpoint(
                            NOBODY, "http://127.0.0.1:1", "127.0.0.1:1", "jdbc:h2:x", stranger.getLocalPort(), WRONG));

            assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThatThrownBy(() -> servers(30).attach(folder, Duration.ofSeconds(3)))
                            .isInstanceOf(HomeUnavailable.class)
                            .hasMessageContaining("not ready within 3 s"));
        }
    }

    private static HomeServers servers(int idleSeconds, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dsluice.root=" + Path.of("").toAbsolutePath(),
                "-Dsluice.home.idle-seconds=" + idleSeconds));
        all.addAll(List.of(options));
        return new HomeServers(new ServerProcess(all));
    }

    private Optional<ProcessHandle> server() {
        return new EndpointFile(folder).read().flatMap(endpoint -> ProcessHandle.of(endpoint.pid()));
    }

    private static void kill(ProcessHandle server) {
        server.destroyForcibly();
        server.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static HomeEndpoint withToken(HomeEndpoint endpoint, String token) {
        return new HomeEndpoint(
                endpoint.pid(),
                endpoint.bigQueryUrl(),
                endpoint.storageWrite(),
                endpoint.jdbcUrl(),
                endpoint.attachPort(),
                token);
    }

    /** One row in the repository, one dataset in BigQuery. */
    private static void keep(HomeEndpoint endpoint) throws Exception {
        try (Connection connection = connect(endpoint, endpoint.token());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE KEPT AS SELECT 42 AS ANSWER");
        }
        String body = "{\"datasetReference\":{\"projectId\":\"sluice-local\",\"datasetId\":\"kept\"}}";
        assertThat(datasets(endpoint, "POST", endpoint.token(), body).statusCode())
                .isEqualTo(200);
    }

    private void requireKept(HomeEndpoint before) throws Exception {
        try (HomeAttachment attachment = servers(30).attach(folder, LIMIT)) {
            HomeEndpoint now = attachment.endpoint();
            assertThat(now.pid()).isNotEqualTo(before.pid());
            assertThat(now.token()).isNotEqualTo(before.token());
            try (Connection connection = connect(now, now.token());
                    Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT ANSWER FROM KEPT")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
            assertThat(datasets(now, "GET", now.token(), "").body()).contains("kept");
        }
    }

    private static Connection connect(HomeEndpoint endpoint, String password) throws SQLException {
        return DriverManager.getConnection(endpoint.jdbcUrl(), "sluice", password);
    }

    private static HttpResponse<String> datasets(HomeEndpoint endpoint, String method, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(endpoint.bigQueryUrl() + "/bigquery/v2/projects/sluice-local/datasets"))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
