package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
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

    /** What the methods stand on. */
    record Parts(
            JobResources resources,
            EffectProtocol protocol,
            ResumableUpload upload,
            QueryReads reads,
            Deadlines deadlines) {}

    JobsOverRest(Bigquery bigquery, Project project, RemoteCalls calls, Parts parts) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
        this.resources = parts.resources();
        this.protocol = parts.protocol();
        this.upload = parts.upload();
        this.reads = parts.reads();
        this.deadlines = parts.deadlines();
    }

    @Override
    public EffectReceipt load(Effect effect, LoadRequest request) {
        String destination =
                request.destination().getDataset() + "." + request.destination().getTable();
        var wanted = new Wanted(resources.load(effect, request), "load", destination, request.rows());
        return protocol.happen(
                effect,
                wanted,
                (job, purpose, deadline) -> upload.send(
                        job,
                        request.content(),
                        new Purpose(CallKind.BEGIN_UPLOAD, "load into " + destination, purpose.bigQueryJobId()),
                        deadline),
                deadlines.start(effect.tier(), effect.limit()));
    }

    @Override
    public EffectReceipt execute(Effect effect, SqlStatement statement) {
        var wanted = new Wanted(resources.query(effect, statement), "query", statement.name(), null);
        return protocol.happen(effect, wanted, this::insert, deadlines.start(effect.tier(), effect.limit()));
    }

    private void insert(Job job, Purpose purpose, Deadline deadline) {
        calls.attempt(
                purpose,
                deadline,
                () -> bigquery.jobs().insert(project.id(), job).execute());
    }

    @Override
    public QueryRows query(SqlStatement statement, Deadline deadline) {
        return reads.query(statement, deadline);
    }
}
