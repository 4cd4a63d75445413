package dev.sluice.bigquery;

import dev.sluice.bigquery.MiniBigQuery.Reply;
import dev.sluice.bigquery.ScriptedServer.Connection;
import dev.sluice.bigquery.ScriptedServer.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Query jobs that take as long as they are told: {@code SELECT} takes no time, {@code SELECT 250} takes 250 ms, and
 * {@code invalid} is refused. A cancel ends a job. Counts what happens at the same time.
 */
final class TimedServer implements AutoCloseable {

    private static final Pattern TAKES = Pattern.compile("SELECT (\\d+)");
    private static final Pattern ID = Pattern.compile("/(?:queries|jobs)/(job-[\\d-]+)");
    private static final Pattern WAIT = Pattern.compile("timeoutMs=(\\d+)");
    private static final String RESULT = """
            {"jobComplete": true, "totalRows": "1", "rows": [{"f": [{"v": "1"}]}],
             "schema": {"fields": [{"name": "n", "type": "INTEGER"}]}}""";

    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger together = new AtomicInteger();
    private final AtomicInteger mostTogether = new AtomicInteger();
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final CountDownLatch open;
    private final Runnable arrival;
    private final ScriptedServer server = new ScriptedServer(this::play);

    /** @param endsAt by {@link System#nanoTime} */
    private record Job(long endsAt, CountDownLatch stopped) {}

    TimedServer() {
        this(0);
    }

    /** @param callers who must all be there before any of them is answered */
    TimedServer(int callers) {
        open = new CountDownLatch(callers);
        arrival = open::countDown;
    }

    /** @param open until it is, nobody who submits is answered */
    TimedServer(CountDownLatch open) {
        this.open = open;
        arrival = () -> {};
    }

    String url() {
        return server.url();
    }

    int submitted() {
        return submitted.get();
    }

    Set<String> cancelled() {
        return cancelled;
    }

    /** Exchanges under way at this moment. */
    int together() {
        return together.get();
    }

    /** Exchanges under way at the same moment, at most. */
    int mostTogether() {
        return mostTogether.get();
    }

    /** Who has been answered is there no more, although his thread may be. */
    private void play(Request request, Connection connection) throws IOException, InterruptedException {
        mostTogether.accumulateAndGet(together.incrementAndGet(), Math::max);
        Reply reply;
        try {
            reply = answer(request);
        } finally {
            together.decrementAndGet();
        }
        connection.answer(reply.status(), reply.headers(), reply.body());
    }

    private Reply answer(Request request) throws InterruptedException {
        Matcher id = ID.matcher(request.path());
        if (!id.find()) {
            arrival.run();
            if (!open.await(30, TimeUnit.SECONDS)) {
                return Reply.error(500, "backendError");
            }
            return submit(request);
        }
        if (request.is("POST", "/cancel")) {
            cancelled.add(id.group(1));
            jobs.get(id.group(1)).stopped().countDown();
            return Reply.json(200, "{}");
        }
        return Reply.json(200, hasEnded(jobs.get(id.group(1)), request) ? RESULT : "{\"jobComplete\": false}");
    }

    private Reply submit(Request request) {
        if (request.text().contains("invalid")) {
            return Reply.error(400, "invalidQuery");
        }
        Matcher takes = TAKES.matcher(request.text());
        long millis = takes.find() ? Long.parseLong(takes.group(1)) : 0;
        submitted.incrementAndGet();
        String id = request.text().replaceAll("(?s).*\"jobId\":\"([^\"]+)\".*", "$1");
        jobs.put(id, new Job(System.nanoTime() + Duration.ofMillis(millis).toNanos(), new CountDownLatch(1)));
        return Reply.json(200, "{\"jobReference\": {\"projectId\": \"p\", \"jobId\": \"%s\"}}".formatted(id));
    }

    private static boolean hasEnded(Job job, Request request) throws InterruptedException {
        Matcher wait = WAIT.matcher(request.path());
        long longest = wait.find() ? TimeUnit.MILLISECONDS.toNanos(Long.parseLong(wait.group(1))) : 0;
        long left = job.endsAt() - System.nanoTime();
        if (left > 0) {
            job.stopped().await(Math.min(left, longest), TimeUnit.NANOSECONDS);
        }
        return job.endsAt() - System.nanoTime() <= 0;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
