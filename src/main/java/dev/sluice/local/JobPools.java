package dev.sluice.local;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of jobs, as many of each kind as may run at once; idle ones end. A script waits for the turns of its statements,
 * so that it must not take a thread from those that have one.
 *
 * @param readers of jobs that change nothing
 * @param changers of jobs that have the turn of their table
 */
record JobPools(ExecutorService readers, ExecutorService changers, ExecutorService scripts) {

    private static final long IDLE_SECONDS = 10;

    static JobPools of(int size) {
        return new JobPools(pool("job-reader", size), pool("job-changer", size), pool("job-script", size));
    }

    private static ExecutorService pool(String name, int size) {
        var pool = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Takes no more; false if what runs does not end in time. */
    boolean close(long seconds) throws InterruptedException {
        List<ExecutorService> all = List.of(readers, changers, scripts);
        all.forEach(ExecutorService::shutdown);
        boolean ended = true;
        for (ExecutorService pool : all) {
            ended &= pool.awaitTermination(seconds, TimeUnit.SECONDS);
        }
        return ended;
    }
}
