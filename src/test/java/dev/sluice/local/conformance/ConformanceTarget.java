package dev.sluice.local.conformance;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.services.bigquery.Bigquery;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TableResult;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteClient;
import com.google.cloud.bigquery.storage.v1.BigQueryWriteSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Google's own clients at one BigQuery, and a dataset of it that is thrown away. */
final class ConformanceTarget implements AutoCloseable {

    private static final long MOST_BYTES = 100_000_000;

    /**
     * Which BigQuery.
     *
     * @param host null for Google's
     * @param writeAddress of the Storage Write API without TLS, null for Google's
     * @param bucket in Cloud Storage, or null if there is none to use
     */
    record Place(
            String project,
            String location,
            @Nullable String host,
            @Nullable String writeAddress,
            Credentials credentials,
            @Nullable String bucket) {}

    private final Place place;
    private final String dataset;
    private final BigQuery client;
    private final Bigquery raw;
    private @Nullable BigQueryWriteClient writes;
    private long billed;

    ConformanceTarget(Place place, String dataset) {
        this.place = place;
        this.dataset = dataset;
        var options = BigQueryOptions.newBuilder().setProjectId(place.project()).setCredentials(place.credentials());
        var service = new Bigquery.Builder(
                        new NetHttpTransport(),
                        GsonFactory.getDefaultInstance(),
                        new HttpCredentialsAdapter(place.credentials()))
                .setApplicationName("sluice-conformance");
        if (place.host() != null) {
            options.setHost(place.host());
            service.setRootUrl(place.host() + "/");
        }
        this.client = options.build().getService();
        this.raw = service.build();
        client.create(DatasetInfo.newBuilder(dataset)
                .setLocation(place.location())
                .setDefaultTableLifetime(Duration.ofDays(1).toMillis())
                .build());
    }

    BigQuery client() {
        return client;
    }

    /** For what Google's client hides. */
    Bigquery raw() {
        return raw;
    }

    /** Of the Storage Write API; made when it is first wanted. */
    BigQueryWriteClient writes() throws IOException {
        if (writes == null) {
            var channels = BigQueryWriteSettings.defaultGrpcTransportProviderBuilder();
            if (place.writeAddress() != null) {
                channels.setEndpoint(place.writeAddress()).setChannelConfigurator(channel -> channel.usePlaintext());
            }
            writes = BigQueryWriteClient.create(BigQueryWriteSettings.newBuilder()
                    .setTransportChannelProvider(channels.build())
                    .setCredentialsProvider(FixedCredentialsProvider.create(place.credentials()))
                    .build());
        }
        return writes;
    }

    Place place() {
        return place;
    }

    String project() {
        return place.project();
    }

    String dataset() {
        return dataset;
    }

    TableId table(String name) {
        return TableId.of(place.project(), dataset, name);
    }

    TableInfo create(String name, Schema schema) {
        return client.create(TableInfo.of(table(name), StandardTableDefinition.of(schema)));
    }

    /** A dollar that begins a path in JSON stays one. */
    private String sql(String text) {
        return text.replaceAll("(?<!')\\$", "`%s`.%s".formatted(place.project(), dataset));
    }

    QueryJobConfiguration.Builder statement(String text) {
        return QueryJobConfiguration.newBuilder(sql(text)).setMaximumBytesBilled(MOST_BYTES);
    }

    /** @return the job, done */
    Job run(String text) throws InterruptedException {
        return run(text, UnaryOperator.identity());
    }

    Job run(String text, UnaryOperator<QueryJobConfiguration.Builder> settings) throws InterruptedException {
        return done(client.create(JobInfo.of(settings.apply(statement(text)).build())));
    }

    Job done(Job job) throws InterruptedException {
        Job done = Objects.requireNonNull(job.waitFor());
        if (done.getStatistics() instanceof JobStatistics.QueryStatistics query
                && query.getTotalBytesBilled() != null) {
            billed += query.getTotalBytesBilled();
        }
        return done;
    }

    JobStatistics.QueryStatistics statistics(String text) throws InterruptedException {
        return run(text).getStatistics();
    }

    /** All rows as one text: a list of lists of values as they travel. */
    String rows(String text) throws InterruptedException {
        return rows(run(text).getQueryResults());
    }

    String rows(String text, UnaryOperator<QueryJobConfiguration.Builder> settings) throws InterruptedException {
        return rows(run(text, settings).getQueryResults());
    }

    static String rows(TableResult result) {
        return StreamSupport.stream(result.iterateAll().spliterator(), false)
                .map(ConformanceTarget::values)
                .toList()
                .toString();
    }

    private static String values(Iterable<FieldValue> fields) {
        List<String> values = new ArrayList<>();
        fields.forEach(field -> values.add(value(field)));
        return values.toString();
    }

    private static String value(FieldValue field) {
        if (field.isNull()) {
            return "null";
        }
        return switch (field.getAttribute()) {
            case REPEATED -> values(field.getRepeatedValue());
            case RECORD -> values(field.getRecordValue());
            case PRIMITIVE, RANGE -> String.valueOf(field.getValue());
        };
    }

    /** @return the load, done */
    Job load(WriteChannelConfiguration configuration, String content) throws IOException, InterruptedException {
        var writer = client.writer(configuration);
        try (writer) {
            writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        }
        return done(writer.getJob());
    }

    /** By all statements so far. */
    long billed() {
        return billed;
    }

    @Override
    public void close() {
        if (writes != null) {
            writes.close();
        }
        client.delete(dataset, BigQuery.DatasetDeleteOption.deleteContents());
    }
}
