package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resumable uploads over REST. */
final class UploadsApi {

    private static final int OK = 200;
    private static final int RESUME_INCOMPLETE = 308;
    private static final int CLIENT_CLOSED_REQUEST = 499;
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18})|\\*)/(\\d{1,18}|\\*)");

    private final JobStore jobs;
    private final JobRunner runner;
    private final RunningJobs running;
    private final Effects effects;
    private final Uploads uploads;

    UploadsApi(JobStore jobs, JobRunner runner, RunningJobs running, Effects effects, Uploads uploads) {
        this.jobs = jobs;
        this.runner = runner;
        this.running = running;
        this.effects = effects;
        this.uploads = uploads;
    }

    void handle(Exchange exchange, String url) throws IOException {
        switch (exchange.query("uploadType", "resumable")) {
            case "resumable" -> resumable(exchange, url);
            case "multipart" -> multipart(exchange);
            default -> throw ApiError.invalid("Invalid value for uploadType: resumable or multipart is wanted");
        }
    }

    private void resumable(Exchange exchange, String url) throws IOException {
        switch (exchange.method()) {
            case "POST" -> begin(exchange, url);
            case "PUT" -> append(exchange);
            case "DELETE" -> cancel(exchange);
            default -> throw ApiError.unsupported(exchange.method() + " on uploads");
        }
    }

    /** The job and its bytes in one request. */
    private void multipart(Exchange exchange) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw ApiError.unsupported(exchange.method() + " on multipart uploads");
        }
        MultipartBody body = MultipartBody.read(exchange);
        Job job = Json.readRequest(body.metadata(), Job.class);
        Json.removeNulls(job);
        requireLoad(job);
        String id = uploads.begin(job);
        uploads.append(id, 0, new ByteArrayInputStream(body.content()));
        exchange.answer(OK, Resources.job(runner.begin(jobs.acceptUpload(job, id))));
    }

    private void requireLoad(Job job) {
        effects.requireSupported(job);
        if (job.getConfiguration().getLoad() == null) {
            throw ApiError.invalid("An upload needs a load job");
        }
        if (Boolean.TRUE.equals(job.getConfiguration().getDryRun())) {
            throw ApiError.unsupported("dry runs of loads");
        }
    }

    private void begin(Exchange exchange, String url) throws IOException {
        Job job = exchange.body(Job.class);
        requireLoad(job);
        String id = uploads.begin(job);
        exchange.setHeader("X-GUploader-UploadID", id);
        exchange.setHeader(
                "Location",
                "%s/%s?uploadType=resumable&upload_id=%s".formatted(url, String.join("/", exchange.path()), id));
        exchange.answerEmpty(OK);
    }

    /** Forgets the session and its bytes, unless they are a job already. */
    private void cancel(Exchange exchange) throws IOException {
        String id = exchange.query("upload_id", "");
        Job job = uploads.job(id).orElseThrow(() -> ApiError.notFound("Upload session"));
        if (job.getStatus() == null) {
            uploads.cancel(id);
        }
        exchange.answerEmpty(CLIENT_CLOSED_REQUEST);
    }

    private void append(Exchange exchange) throws IOException {
        String id = exchange.query("upload_id", "");
        Job job = uploads.job(id).orElseThrow(() -> ApiError.notFound("Upload session"));
        if (job.getStatus() != null) {
            exchange.answer(
                    OK, Resources.job(running.current(job.getJobReference().getJobId())));
            return;
        }
        String given = exchange.header("Content-Range");
        if (given == null && uploads.size(id) == 0) {
            uploads.append(id, 0, exchange.body());
            answer(exchange, id, job, String.valueOf(uploads.size(id)));
            return;
        }
        Matcher range = CONTENT_RANGE.matcher(String.valueOf(given));
        if (!range.matches()) {
            throw ApiError.invalid("A part of an upload needs Content-Range");
        }
        String from = range.group(1);
        if (from != null) {
            uploads.append(id, Long.parseLong(from), exchange.body());
        }
        answer(exchange, id, job, range.group(3));
    }

    /** @param total how many bytes there will be, or {@code *} */
    private void answer(Exchange exchange, String id, Job job, @Nullable String total) throws IOException {
        long size = uploads.size(id);
        long expected = total == null || total.equals("*") ? Long.MAX_VALUE : Long.parseLong(total);
        if (size > expected) {
            throw ApiError.invalid("More bytes were uploaded than Content-Range says");
        }
        if (size < expected) {
            if (size > 0) {
                exchange.setHeader("Range", "bytes=0-" + (size - 1));
            }
            exchange.answerEmpty(RESUME_INCOMPLETE);
            return;
        }
        if (size == 0) {
            uploads.append(id, 0, InputStream.nullInputStream());
        }
        exchange.answer(OK, Resources.job(runner.begin(jobs.acceptUpload(job, id))));
    }
}
