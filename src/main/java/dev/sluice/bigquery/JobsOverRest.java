package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.EffectProtocol.Wanted;
import dev.sluice.ledger.EffectReceipt;

/** BigQuery jobs through the generated client. */
final class JobsOverRest implements BigQueryJobs {

    private final Bigquery bigquery;
    private final Project project;
    private final RemoteCalls calls;
    private final JobResources resources;
    private final EffectProtocol protocol;
    private final ResumableUpload upload;
    private final QueryReads reads;
    private final Deadlines deadlines;
    private final Observations observations;

    /** What the methods stand on. */
    record Parts(
            JobResources resources,
            EffectProtocol protocol,
            ResumableUpload upload,
            QueryReads reads,
            Deadlines deadlines,
            Observations observations) {}

    JobsOverRest(Bigquery bigquery, Project project, RemoteCalls calls, Parts parts) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
        this.resources = parts.resources();
        this.protocol = parts.protocol();
        this.upload = parts.upload();
        this.reads = parts.reads();
        this.deadlines = parts.deadlines();
        this.observations = parts.observations();
    }

    @Override
    public EffectReceipt load(Effect effect, LoadRequest request) {
        String destination = nameOf(request.destination());
        var wanted = new Wanted(resources.load(effect, request), "load", destination, request.rows());
        return happen(effect, wanted, JobPurpose.load(effect), uploading(request.content(), destination));
    }

    @Override
    public EffectReceipt load(Effect effect, FileLoad request) {
        String destination = nameOf(request.destination());
        var wanted = new Wanted(resources.load(effect, request), "load", destination, null);
        EffectSubmission submission = request.origin() instanceof FileOrigin.Upload file
                ? uploading(file.content(), destination)
                : this::insert;
        return happen(effect, wanted, JobPurpose.load(effect), submission);
    }

    private static String nameOf(TableId table) {
        return table.getDataset() + "." + table.getTable();
    }

    private EffectSubmission uploading(LoadContent content, String destination) {
        return (job, purpose, deadline) -> upload.send(
                job,
                content,
                new Purpose(CallKind.BEGIN_UPLOAD, "load into " + destination, purpose.bigQueryJobId()),
                deadline);
    }

    @Override
    public EffectReceipt execute(Effect effect, SqlStatement statement) {
        var wanted = new Wanted(resources.query(effect, statement), "query", statement.name(), null);
        return happen(effect, wanted, JobPurpose.execute(effect, statement), this::insert);
    }

    private EffectReceipt happen(Effect effect, Wanted wanted, JobPurpose why, EffectSubmission submission) {
        Deadline deadline = deadlines.start(effect.tier(), effect.limit());
        Observation observation = observations.begin(why, deadline);
        return observation.during(() -> {
            EffectReceipt receipt = protocol.happen(
                    effect,
                    wanted,
                    (job, purpose, sameDeadline) -> {
                        observation.submitted(purpose.bigQueryJobId());
                        submission.submit(job, purpose, sameDeadline);
                    },
                    deadline);
            observation.submitted(receipt.bigQueryJobId());
            observation.learned(JobFigures.of(receipt));
            return receipt;
        });
    }

    private void insert(Job job, Purpose purpose, Deadline deadline) {
        calls.attempt(
                purpose,
                deadline,
                () -> bigquery.jobs().insert(project.id(), job).execute());
    }

    @Override
    public QueryRows query(SqlStatement statement, Deadline deadline) {
        Observation observation = observations.begin(JobPurpose.read(statement, deadline.tier()), deadline);
        return observation.during(() -> reads.query(statement, deadline, observation));
    }
}
