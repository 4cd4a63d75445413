package dev.sluice.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prepares tables as somebody else would have. */
record SweepBigQuery(Bigquery client) {

    private static final String PROJECT = "sluice-local";
    private static final Path DDL = Path.of("sql/schema/saas_subscription_plans.sql");

    void run(String sql) throws IOException {
        var query = new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false);
        String id = client.jobs()
                .insert(PROJECT, new Job().setConfiguration(new JobConfiguration().setQuery(query)))
                .execute()
                .getJobReference()
                .getJobId();
        var answer =
                client.jobs().getQueryResults(PROJECT, id).setTimeoutMs(60_000L).execute();
        assertThat(answer.getJobComplete()).as(sql).isTrue();
    }

    void createPlans(String dataset) throws IOException {
        client.datasets()
                .insert(PROJECT, new Dataset().setDatasetReference(new DatasetReference().setDatasetId(dataset)))
                .execute();
        run(Files.readString(DDL).replace("${table}", "`%s.%s.saas_subscription_plans`".formatted(PROJECT, dataset)));
    }
}
