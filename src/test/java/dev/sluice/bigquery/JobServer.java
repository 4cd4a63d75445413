package dev.sluice.bigquery;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.JobStatus;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import dev.sluice.bigquery.ScriptedServer.Script;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * jobs.insert, get and cancel with memory: an id is taken once, and a job ends as it was told to. Faults are queued for
 * the next exchanges of a method; an exchange without a fault is answered properly.
 */
final class JobServer implements AutoCloseable {

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Deque<Script> insertFaults = new ConcurrentLinkedDeque<>();
    private final Deque<Script> getFaults = new ConcurrentLinkedDeque<>();
    private final Deque<JobStatus> endings = new ArrayDeque<>();
    private final ScriptedServer server = new ScriptedServer(this::play);
    private int polls;

    String url() {
        return server.url();
    }

    long inserts() {
        return server.count("POST", "/jobs") - cancels();
    }

    long cancels() {
        return server.count("POST", "/cancel");
    }

    long requests() {
        return server.requests().size();
    }

    /** Ids that were taken, in that order. */
    synchronized Iterable<String> ids() {
        return jobs.keySet().stream().toList();
    }

    synchronized Job submitted(String id) {
        return jobs.get(id);
    }

    void atNextInsert(Script fault) {
        insertFaults.add(fault);
    }

    void atNextGet(Script fault) {
        getFaults.add(fault);
    }

    /** The next job that is accepted ends with this error. */
    void failNext(String reason) {
        failNext(reason, "so it was told");
    }

    synchronized void failNext(String reason, String message) {
        endings.add(done().setErrorResult(new ErrorProto().setReason(reason).setMessage(message)));
    }

    /** The next job that is accepted is RUNNING for so many polls. */
    synchronized void runNextFor(int polls) {
        endings.add(new JobStatus().setState("RUNNING"));
        this.polls = polls;
    }

    private static JobStatus done() {
        return new JobStatus().setState("DONE");
    }

    /** Takes an id as if somebody had submitted this before. */
    synchronized void put(String id, Job job) {
        JobStatus ending = endings.isEmpty() ? done() : endings.remove();
        var statistics = new JobStatistics()
                .setStartTime(1L)
                .setEndTime(2L)
                .setLoad(new JobStatistics3().setOutputRows(1L))
                .setQuery(new JobStatistics2());
        jobs.put(
                id,
                job.setJobReference(new JobReference().setJobId(id))
                        .setStatus(ending)
                        .setStatistics(statistics));
    }

    private void play(Request request, Connection connection) throws IOException, InterruptedException {
        if (request.is("POST", "/cancel")) {
            connection.json(200, "{}");
            return;
        }
        Deque<Script> faults = request.method().equals("POST") ? insertFaults : getFaults;
        Script fault = faults.poll();
        (fault == null ? properly() : fault).play(request, connection);
    }

    Script properly() {
        return (request, connection) -> {
            if (request.method().equals("POST")) {
                insert(request, connection);
            } else {
                get(request, connection);
            }
        };
    }

    /** Does what is asked, and hangs up instead of saying so. */
    Script replyLost() {
        return (request, connection) -> {
            accept(request);
            connection.drop();
        };
    }

    /** Does what is asked, and says this. */
    Script reply(String body) {
        return (request, connection) -> {
            accept(request);
            connection.json(200, body);
        };
    }

    private synchronized boolean accept(Request request) throws IOException {
        Job job = GsonFactory.getDefaultInstance().fromString(request.text(), Job.class);
        String id = job.getJobReference().getJobId();
        if (jobs.containsKey(id)) {
            return false;
        }
        put(id, job);
        return true;
    }

    private void insert(Request request, Connection connection) throws IOException {
        if (accept(request)) {
            connection.json(200, request.text());
        } else {
            connection.error(409, "duplicate", "Already Exists");
        }
    }

    private synchronized void get(Request request, Connection connection) throws IOException {
        String id = request.path().replaceAll(".*/jobs/([^?]*).*", "$1");
        Job job = jobs.get(id);
        if (job == null) {
            connection.error(404, "notFound", "Not found: Job " + id);
            return;
        }
        if (job.getStatus().getState().equals("RUNNING") && polls-- <= 0) {
            job.setStatus(done());
        }
        connection.json(200, GsonFactory.getDefaultInstance().toString(job));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
