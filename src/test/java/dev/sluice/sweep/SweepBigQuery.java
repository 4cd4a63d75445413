package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What somebody else does there: prepares tables of plans, looks jobs up, tidies up. */
record SweepBigQuery(String url, Bigquery client) {

    static final String TOKEN = "sweep";

    static final String PLANS = "saas_subscription_plans";

    private static final String PROJECT = "sluice-local";
    private static final Path DDL = Path.of("sql/schema/saas_subscription_plans.sql");
    private static final long MOST_MILLIS = 60_000;
    private static final int NOT_FOUND = 404;

    SweepBigQuery(String url) {
        this(
                url,
                new Bigquery.Builder(
                                new NetHttpTransport(),
                                GsonFactory.getDefaultInstance(),
                                request -> request.getHeaders().setAuthorization("Bearer " + TOKEN))
                        .setRootUrl(url + "/")
                        .setApplicationName("sweep")
                        .build());
    }

    static String table(String dataset) {
        return "`%s.%s.%s`".formatted(PROJECT, dataset, PLANS);
    }

    private void createDataset(String dataset) throws IOException {
        client.datasets()
                .insert(PROJECT, new Dataset().setDatasetReference(new DatasetReference().setDatasetId(dataset)))
                .execute();
    }

    /** @param statements on the table of plans, which they call TARGET */
    void createPlans(String dataset, List<String> statements) throws IOException {
        createDataset(dataset);
        run(Files.readString(DDL).replace("${table}", table(dataset)));
        for (String statement : statements) {
            run(statement.replace("TARGET", table(dataset)));
        }
    }

    void copyPlans(String from, String to) throws IOException {
        createDataset(to);
        run("CREATE TABLE %s COPY %s".formatted(table(to), table(from)));
    }

    void delete(String dataset) throws IOException {
        client.datasets().delete(PROJECT, dataset).setDeleteContents(true).execute();
    }

    boolean hasSucceeded(String job) throws IOException {
        try {
            Job there = client.jobs().get(PROJECT, job).execute();
            return "DONE".equals(there.getStatus().getState())
                    && there.getStatus().getErrorResult() == null;
        } catch (GoogleJsonResponseException e) {
            if (e.getStatusCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void run(String sql) throws IOException {
        var query = new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false);
        String id = client.jobs()
                .insert(PROJECT, new Job().setConfiguration(new JobConfiguration().setQuery(query)))
                .execute()
                .getJobReference()
                .getJobId();
        var answer = client.jobs()
                .getQueryResults(PROJECT, id)
                .setTimeoutMs(MOST_MILLIS)
                .execute();
        assertThat(answer.getJobComplete()).as(sql).isTrue();
    }
}
