package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.cloud.bigquery.BigQuery.JobListOption;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.JobStatus.State;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/** Query jobs. */
final class JobChecks extends Area {

    private static final String ENDLESS = "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 100000)) AS a,"
            + " UNNEST(GENERATE_ARRAY(1, 100000)) AS b WHERE MOD(a + b, 7) = 3";

    private final JobId id;

    JobChecks(ConformanceTarget at) {
        super(at);
        this.id = id("named");
    }

    @Override
    String page() {
        return "running-jobs";
    }

    private JobId id(String name) {
        return JobId.newBuilder()
                .setProject(at.project())
                .setLocation(at.place().location())
                .setJob(at.dataset() + "_" + name)
                .build();
    }

    private Job begin(String name, String sql) {
        return at.client()
                .create(JobInfo.newBuilder(at.statement(sql).build())
                        .setJobId(id(name))
                        .build());
    }

    private Job found() {
        return Objects.requireNonNull(at.client().getJob(id));
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(known(), unrun(), ended()).flatMap(part -> part);
    }

    private Stream<DynamicTest> known() {
        return Stream.of(
                check("a job has the id that was asked for", () -> {
                    Job job = begin("named", "SELECT 1 AS one");
                    at.done(job);
                    assertThat(found().getJobId().getJob()).isEqualTo(id.getJob());
                    assertThat(found().getStatus().getState()).isEqualTo(State.DONE);
                }),
                check("a job says what kind of statement it was", () -> {
                    QueryStatistics statistics = found().getStatistics();
                    assertThat(statistics.getStatementType()).isEqualTo(QueryStatistics.StatementType.SELECT);
                }),
                check("a job says when it was made, began and ended", () -> {
                    QueryStatistics statistics = found().getStatistics();
                    assertThat(statistics.getCreationTime()).isGreaterThan(1_600_000_000_000L);
                    assertThat(statistics.getStartTime()).isGreaterThanOrEqualTo(statistics.getCreationTime());
                    assertThat(statistics.getEndTime()).isGreaterThanOrEqualTo(statistics.getStartTime());
                }),
                check("an id is used once", () -> {
                    var refusal = Assertions.catchThrowableOfType(GoogleJsonResponseException.class, this::beginAgain);
                    assertThat(refusal.getStatusCode()).isEqualTo(409);
                    assertThat(refusal.getDetails().getErrors().get(0).getReason())
                            .isEqualTo("duplicate");
                }),
                check(
                        "a job that nobody began is not found",
                        () -> assertThat(at.client().getJob(id("nobody"))).isNull()),
                check("a job keeps its labels", () -> {
                    Job job = at.run("SELECT 1", settings -> settings.setLabels(Map.of("team", "blue")));
                    assertThat(Objects.requireNonNull(at.client().getJob(job.getJobId()))
                                    .getConfiguration()
                                    .toString())
                            .contains("team=blue");
                }),
                check(
                        "jobs are listed by state",
                        () -> assertThat(at.client()
                                        .listJobs(JobListOption.stateFilter(State.DONE), JobListOption.pageSize(50))
                                        .getValues())
                                .extracting(job -> job.getJobId().getJob())
                                .contains(id.getJob())));
    }

    private void beginAgain() throws IOException {
        var job = new com.google.api.services.bigquery.model.Job()
                .setJobReference(new JobReference()
                        .setProjectId(at.project())
                        .setJobId(id.getJob())
                        .setLocation(at.place().location()))
                .setConfiguration(new JobConfiguration()
                        .setQuery(
                                new JobConfigurationQuery().setQuery("SELECT 2").setUseLegacySql(false)));
        at.raw().jobs().insert(at.project(), job).execute();
    }

    private Stream<DynamicTest> unrun() {
        return Stream.of(
                check("a dry run tells the schema and the bytes", () -> {
                    at.run("CREATE TABLE $.numbers AS SELECT n FROM UNNEST([1, 2, 3]) AS n");
                    QueryStatistics statistics = dry("SELECT n, n + 0.5 AS x FROM $.numbers");
                    assertThat(statistics.getSchema().toString()).contains("INTEGER", "FLOAT");
                    assertThat(statistics.getTotalBytesProcessed()).isEqualTo(24);
                }),
                check("a dry run changes nothing", () -> {
                    dry("DELETE FROM $.numbers WHERE TRUE");
                    assertThat(at.rows("SELECT COUNT(*) FROM $.numbers")).isEqualTo("[[3]]");
                }),
                refuses("a dry run refuses what is wrong", () -> dry("SELECT m FROM $.numbers"), 400, "invalidQuery"),
                check(
                        "a query that reads columns of fixed sizes processes their bytes",
                        () -> assertThat(at.statistics("SELECT SUM(n) FROM $.numbers")
                                        .getTotalBytesProcessed())
                                .isEqualTo(24)),
                check(
                        "a query that reads a table bills ten MiB at least",
                        () -> assertThat(at.statistics("SELECT MAX(n) FROM $.numbers")
                                        .getTotalBytesBilled())
                                .isEqualTo(10L << 20)),
                refuses(
                        "a query that would bill too much is not run",
                        () -> at.run(
                                "SELECT MIN(n) FROM $.numbers", settings -> settings.setMaximumBytesBilled(1_000L)),
                        400,
                        "bytesBilledLimitExceeded"));
    }

    private QueryStatistics dry(String sql) {
        Job job =
                at.client().create(JobInfo.of(at.statement(sql).setDryRun(true).build()));
        return job.getStatistics();
    }

    private Stream<DynamicTest> ended() {
        return Stream.of(
                check("a running job is cancelled", () -> {
                    Job job = begin("endless", ENDLESS);
                    assertThat(job.cancel()).isTrue();
                    Assertions.assertThatExceptionOfType(BigQueryException.class)
                            .isThrownBy(job::waitFor);
                    assertThat(Objects.requireNonNull(at.client().getJob(job.getJobId()))
                                    .getStatus()
                                    .getError()
                                    .getReason())
                            .isEqualTo("stopped");
                }),
                check("a job that takes longer than it may is stopped", () -> {
                    var refusal = Assertions.catchThrowableOfType(
                            BigQueryException.class,
                            () -> at.run(ENDLESS, settings -> settings.setJobTimeoutMs(1_000L)));
                    assertThat(refusal.getReason()).isIn("stopped", "timeout");
                }),
                check("a failed job keeps its error", () -> {
                    Job job = begin("failed", "SELECT ERROR('on purpose')");
                    Assertions.assertThatExceptionOfType(BigQueryException.class)
                            .isThrownBy(job::waitFor);
                    assertThat(Objects.requireNonNull(at.client().getJob(job.getJobId()))
                                    .getStatus()
                                    .getError()
                                    .getMessage())
                            .contains("on purpose");
                }));
    }
}
