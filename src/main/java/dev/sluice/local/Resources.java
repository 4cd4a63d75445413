package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobCreationReason;
import com.google.api.services.bigquery.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/** What BigQuery adds to a resource when it answers it: links, owners and the like. Nothing of it is stored. */
final class Resources {

    static final String OWNER = "local@sluice.invalid";
    private static final String URL = "https://bigquery.googleapis.com/bigquery/v2/projects/%s";

    /** How far one travels back in time if a dataset does not say it. */
    static final long WEEK_OF_HOURS = 168;

    private Resources() {}

    static Dataset dataset(Dataset dataset) {
        var reference = dataset.getDatasetReference();
        dataset.setSelfLink((URL + "/datasets/%s").formatted(reference.getProjectId(), reference.getDatasetId()));
        if (dataset.getAccess() == null) {
            dataset.setAccess(DatasetAccess.initial());
        }
        if (dataset.getMaxTimeTravelHours() == null) {
            dataset.setMaxTimeTravelHours(WEEK_OF_HOURS);
        }
        return dataset.set("type", "DEFAULT");
    }

    static Table table(Table table, String location) {
        var reference = table.getTableReference();
        List.copyOf(table.keySet()).stream()
                .filter(name -> name.startsWith(Tables.HIDDEN))
                .forEach(table::remove);
        if (table.getMaterializedView() != null) {
            table.setView(null);
        }
        return table.setLocation(location)
                .setSelfLink((URL + "/datasets/%s/tables/%s")
                        .formatted(reference.getProjectId(), reference.getDatasetId(), reference.getTableId()));
    }

    static Job job(Job job) {
        var reference = job.getJobReference();
        job.getConfiguration().setJobType(JobKind.of(job.getConfiguration()).name());
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        if (query != null
                && query.getDestinationTable() != null
                && !QueryDestination.isNamed(query)
                && query.getWriteDisposition() == null) {
            query.setWriteDisposition("WRITE_TRUNCATE");
        }
        if (job.getConfiguration().getLoad() != null) {
            job.getStatistics().set("reservation_id", "default-pipeline");
        }
        job.setEtag(etag(Json.write(job)));
        if (reference.getJobId() != null) {
            job.setSelfLink((URL + "/jobs/%s?location=%s")
                    .formatted(reference.getProjectId(), reference.getJobId(), reference.getLocation()));
            job.setJobCreationReason(new JobCreationReason().setCode("REQUESTED"));
        }
        return job.setUserEmail(OWNER).set("principal_subject", "user:" + OWNER);
    }

    /** Of a resource that is not changed by anybody but the server. */
    static String etag(String content) {
        var sum = new CRC32();
        sum.update(content.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder()
                .encodeToString(Long.toHexString(sum.getValue()).getBytes(StandardCharsets.UTF_8));
    }
}
