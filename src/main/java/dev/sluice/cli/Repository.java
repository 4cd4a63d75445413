package dev.sluice.cli;

import dev.sluice.home.HomeAttachment;
import dev.sluice.home.HomeEndpoint;
import dev.sluice.home.HomeFolder;
import dev.sluice.home.HomeServers;
import dev.sluice.home.ServerProcess;
import dev.sluice.launch.ExitCode;
import dev.sluice.runs.AlertHistory;
import dev.sluice.runs.QueryHistory;
import dev.sluice.runs.RunHistory;
import dev.sluice.runs.TickHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The job repository that a command works with: the home server's, or the configured one. Keeps the server attached. */
final class Repository implements AutoCloseable {

    private static final Duration SERVER_START = Duration.ofSeconds(60);
    private static final String USER = "sluice";
    private static final String PROJECT = "sluice.google.project-id";
    private static final long DEFAULT_CONNECTION_TIMEOUT_MILLIS = 10_000;
    private static final String DEFAULT_USD_PER_TIB = "6.25";

    private final Settings settings;
    private final Map<String, String> properties;
    private final @Nullable HomeAttachment attachment;

    private Repository(Settings settings, Map<String, String> properties, @Nullable HomeAttachment attachment) {
        this.settings = settings;
        this.properties = properties;
        this.attachment = attachment;
    }

    static Repository open(CommonOptions options) {
        Settings settings = options.settings();
        HomeFolder folder = options.openHome();
        if (settings.find(PROJECT).isPresent()) {
            return new Repository(settings, configured(settings), null);
        }
        HomeAttachment attachment = new HomeServers(serverProcess(options)).attach(folder, SERVER_START);
        return new Repository(settings, ofServer(attachment.endpoint()), attachment);
    }

    /** A server that accepts a connection and never answers would hold a command, and a pool, for ever. */
    private static String withLoginTimeout(String url, Settings settings) {
        if (!url.startsWith("jdbc:postgresql:") || url.contains("loginTimeout=")) {
            return url;
        }
        long millis = settings.find("spring.datasource.hikari.connection-timeout")
                .map(Long::parseLong)
                .orElse(DEFAULT_CONNECTION_TIMEOUT_MILLIS);
        return "%s%sloginTimeout=%d".formatted(url, url.contains("?") ? "&" : "?", Math.max(1, millis / 1_000));
    }

    /** How a home server is started that knows this command's checkout. */
    static ServerProcess serverProcess(CommonOptions options) {
        List<String> words = new ArrayList<>();
        words.add("-Dsluice.root=" + options.root().toAbsolutePath().normalize());
        options.settings()
                .find("sluice.home.idle-seconds")
                .ifPresent(seconds -> words.add("-Dsluice.home.idle-seconds=" + seconds));
        options.settings()
                .find("sluice.home.java-options")
                .ifPresent(further -> words.addAll(List.of(further.trim().split("\\s+"))));
        return new ServerProcess(words);
    }

    /** @throws CommandFailure if rows would go to Google and the memory of it would be lost */
    static Map<String, String> configured(Settings settings) {
        Optional<String> url = settings.find("spring.datasource.url");
        boolean survives = url.filter(text -> !text.startsWith("jdbc:h2:mem:")).isPresent();
        boolean allowed = settings.find("sluice.repository.ephemeral-allowed")
                .map(Boolean::parseBoolean)
                .orElse(false);
        if (!survives && !allowed) {
            throw new CommandFailure(
                    ExitCode.INVALID,
                    "cannot work on a Google project without a repository that survives: set SPRING_DATASOURCE_URL"
                            + " to a database that lasts, or allow it with SLUICE_REPOSITORY_EPHEMERALALLOWED=true");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", withLoginTimeout(url.orElse("jdbc:h2:mem:sluice"), settings));
        for (String name : List.of("spring.datasource.username", "spring.datasource.password")) {
            settings.find(name).ifPresent(value -> properties.put(name, value));
        }
        return properties;
    }

    static Map<String, String> ofServer(HomeEndpoint endpoint) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", endpoint.jdbcUrl());
        properties.put("spring.datasource.username", USER);
        properties.put("spring.datasource.password", endpoint.token());
        properties.put("sluice.bigquery.endpoint", endpoint.bigQueryUrl());
        properties.put("sluice.bigquery.token", endpoint.token());
        return properties;
    }

    /** What a job process's application context has to know. */
    Map<String, String> properties() {
        return properties;
    }

    RunHistory history() {
        return history(dataSource(properties), settings);
    }

    QueryHistory queries() {
        return new QueryHistory(dataSource(properties), usdPerTib(settings));
    }

    AlertHistory alerts() {
        return new AlertHistory(dataSource(properties));
    }

    TickHistory ticks() {
        return new TickHistory(dataSource(properties));
    }

    static RunHistory history(DataSource dataSource, Settings settings) {
        return new RunHistory(dataSource, usdPerTib(settings));
    }

    private static BigDecimal usdPerTib(Settings settings) {
        return new BigDecimal(settings.find("sluice.price.usd-per-tib").orElse(DEFAULT_USD_PER_TIB));
    }

    static DataSource dataSource(Map<String, String> properties) {
        return new DriverManagerDataSource(
                properties.getOrDefault("spring.datasource.url", ""),
                properties.getOrDefault("spring.datasource.username", ""),
                properties.getOrDefault("spring.datasource.password", ""));
    }

    @Override
    public void close() {
        if (attachment != null) {
            attachment.close();
        }
    }
}
