package dev.sluice.bigquery;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import dev.sluice.ledger.EffectLookup;
import dev.sluice.ledger.Intents;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The door's beans: one client, on one transport, for the one project and location. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BigQueryProperties.class)
class BigQueryWiring {

    private static final String GOOGLE = "https://bigquery.googleapis.com";

    @Bean
    Project bigQueryProject(
            @Value("${sluice.google.project-id:sluice-local}") String id,
            @Value("${sluice.google.location:US}") String location) {
        return new Project(id, location);
    }

    @Bean
    Deadlines deadlines(BigQueryProperties properties) {
        return new ConfiguredDeadlines(properties.tiers(), System::nanoTime);
    }

    @Bean
    SqlFiles sqlFiles(@Value("${sluice.root:.}") String root) {
        return new SqlFolder(Path.of(root, "sql"));
    }

    @Bean
    TableCatalogue tableCatalogue(@Value("${sluice.root:.}") String root) {
        return TableCatalogue.load(Path.of(root));
    }

    /** Nobody waits for a connection whom the gate has let in: the pool can lose one that is handed over during a cut. */
    @Bean(destroyMethod = "")
    PooledTransport bigQueryTransport(BigQueryProperties properties) {
        if (properties.poolSize() < properties.gate().concurrent()) {
            throw new IllegalArgumentException("sluice.bigquery.pool-size: %d is less than gate.concurrent, %d"
                    .formatted(properties.poolSize(), properties.gate().concurrent()));
        }
        return new PooledTransport(properties, SystemDefaultDnsResolver.INSTANCE);
    }

    /** A fixed token is sent as it is: Google's adapter would try to renew it after a 401 and fail untyped. */
    @Bean(destroyMethod = "")
    HttpRequestInitializer bigQueryCredentials(
            BigQueryProperties properties, PooledTransport transport, Deadlines deadlines) {
        if (properties.token() == null) {
            return GoogleTokens.ofTheEnvironment(transport, deadlines);
        }
        String header = "Bearer " + properties.token();
        return request -> request.getHeaders().setAuthorization(header);
    }

    /** The deadline cuts an exchange; before that, one whose connection is dead without a word is made anew. */
    @Bean
    Bigquery bigquery(PooledTransport transport, HttpRequestInitializer credentials, BigQueryProperties properties) {
        HttpRequestInitializer bounded = request -> {
            request.setNumberOfRetries(0);
            credentials.initialize(request);
            request.setFollowRedirects(false);
            request.setReadTimeout(Math.toIntExact(properties.silence().toMillis()));
        };
        return new Bigquery.Builder(transport.transport(), GsonFactory.getDefaultInstance(), bounded)
                .setApplicationName("sluice")
                .setRootUrl(root(properties) + "/")
                .build();
    }

    private static String root(BigQueryProperties properties) {
        return properties.endpoint() == null ? GOOGLE : properties.endpoint().toString();
    }

    @Bean(destroyMethod = "")
    Gate bigQueryGate(BigQueryProperties properties) {
        return new Gate(properties.gate(), System::nanoTime);
    }

    @Bean
    RemoteCalls remoteCalls(BigQueryProperties properties, Gate gate, CallObserver observer) {
        var failures = new Failures(Clock.systemUTC(), properties.quotaPause());
        var retries =
                new Retries(new Backoff(RandomGenerator.getDefault()), new RetryBudget(System::nanoTime), failures);
        return new RemoteCalls(gate::pause, gate, retries, failures, observer);
    }

    @Bean(destroyMethod = "")
    RunningJobs runningJobs(Bigquery bigquery, Project project, RemoteCalls calls) {
        return new RunningJobs(bigquery, project, calls, System::nanoTime);
    }

    /** The only bean here that the context closes; it closes the others in its order. */
    @Bean
    OpenDoor openDoor(
            Gate gate,
            RunningJobs jobs,
            HttpRequestInitializer credentials,
            PooledTransport transport,
            BigQueryProperties properties) {
        AutoCloseable tokens = credentials instanceof AutoCloseable open ? open : () -> {};
        var parts = new OpenDoor.Parts(gate, jobs, tokens, transport);
        return new OpenDoor(parts, properties.closeGrace(), System::nanoTime);
    }

    @Bean
    BigQueryTables bigQueryTables(Bigquery bigquery, Project project, RemoteCalls calls, OpenDoor door) {
        return new TablesWhileOpen(new TablesOverRest(bigquery, project, calls, Clock.systemUTC()), door);
    }

    @Bean
    BigQueryJobs bigQueryJobs(
            Bigquery bigquery,
            Project project,
            RemoteCalls calls,
            RunningJobs running,
            Intents intents,
            Deadlines deadlines,
            BigQueryProperties properties,
            QueryReads reads,
            JobObserver observer,
            OpenDoor door) {
        JobResources resources = resources(project, properties);
        URI uploads = URI.create("%s/upload/bigquery/v2/projects/%s/jobs".formatted(root(properties), project.id()));
        var parts = new JobsOverRest.Parts(
                resources,
                new EffectProtocol(intents, resources, running, calls),
                new ResumableUpload(bigquery.getRequestFactory(), calls, uploads, ResumableUpload.CHUNK_BYTES),
                reads,
                deadlines,
                new Observations(observer, running::glance));
        return new JobsWhileOpen(new JobsOverRest(bigquery, project, calls, parts), door);
    }

    @Bean
    EffectLookup effectLookup(RunningJobs running, Deadlines deadlines) {
        return new EffectsOverRest(running, deadlines);
    }

    static JobResources resources(Project project, BigQueryProperties properties) {
        return new JobResources(project, properties.maximumBytesBilled()::of);
    }

    @Bean
    ResultPages resultPages(Bigquery bigquery, Project project, RemoteCalls calls) {
        return new ResultPages(bigquery, project, calls);
    }

    @Bean
    QueryReads queryReads(
            Bigquery bigquery,
            Project project,
            RemoteCalls calls,
            RunningJobs running,
            BigQueryProperties properties,
            ResultPages pages) {
        JobResources resources = resources(project, properties);
        Supplier<String> ids = readIds(new SecureRandom());
        return new QueryReads(bigquery, project, calls, resources, running, pages, ids);
    }

    /** Unlike an effect's, an id is not found again by content; drawn once, since callers would queue for the source. */
    private static Supplier<String> readIds(RandomGenerator random) {
        String process = "read-%016x%016x-".formatted(random.nextLong(), random.nextLong());
        var reads = new AtomicLong();
        return () -> process + reads.incrementAndGet();
    }

    @Bean
    BigQueryResults bigQueryResults(
            QueryReads reads, RunningJobs running, ResultPages pages, JobObserver observer, OpenDoor door) {
        var results = new ResultsOverRest(reads, pages, running, new Observations(observer, running::glance));
        return new ResultsWhileOpen(results, door);
    }
}
