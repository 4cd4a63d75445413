package dev.sluice.local;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads that answer requests. A request that waits for its job keeps one, so that there are more than processors. */
final class RequestThreads {

    /** BigQuery itself answers no more than 300 requests of a user at once. */
    static final int MOST = 256;

    private static final int KEPT = 4;
    private static final long IDLE_SECONDS = 10;

    private RequestThreads() {}

    /** An idle thread is taken first, then a new one is made, and only when all are busy a request waits. */
    static ExecutorService pool() {
        var waiting = new LinkedTransferQueue<Runnable>() {

            private static final long serialVersionUID = 1L;

            @Override
            public boolean offer(Runnable request) {
                return tryTransfer(request);
            }
        };
        return new ThreadPoolExecutor(
                KEPT,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                task -> new Thread(task, "local-request"),
                (request, pool) -> waiting.put(request));
    }
}
