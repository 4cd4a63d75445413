package dev.sluice.local;

import dev.sluice.local.load.LoadingJob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A job of this process that is not done. Either its commit begins or it is stopped, never both. Thread-safe. */
final class RunningJob implements LoadingJob {

    private enum Stage {
        PENDING,
        RUNNING,
        COMMITTING,
        STOPPED
    }

    /** Where the job can be found. */
    enum Place {
        WRITTEN,
        /** In memory only. */
        HELD,
        /** Written after it had begun, so that the transaction of its effect does not see it. */
        KEPT
    }

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Execution execution = new Execution();
    private final QueryText text;
    private Stage stage = Stage.PENDING;
    private String why = "";
    private boolean cutOff;
    private long started;
    private @Nullable Turn turn;
    private @Nullable ThreadTime work;
    private Set<String> changed = Set.of();
    private Place place;
    private boolean settled;

    private RunningJob(Place place, QueryText text) {
        this.place = place;
        this.text = text;
    }

    /** Of a job that is on disk. */
    static RunningJob written(QueryText text) {
        return new RunningJob(Place.WRITTEN, text);
    }

    /** Of a job that only reads and is not on disk. */
    static RunningJob held(QueryText text) {
        return new RunningJob(Place.HELD, text);
    }

    QueryText text() {
        return text;
    }

    /** Whether it was on disk before it began. */
    synchronized boolean isWritten() {
        return place == Place.WRITTEN;
    }

    /**
     * Writes a held job.
     *
     * @param write false if there is nothing to write
     * @return false if it is not written, or its end is about to be written instead
     */
    synchronized boolean keep(BooleanSupplier write) {
        if (place == Place.HELD) {
            if (settled || !write.getAsBoolean()) {
                return false;
            }
            place = Place.KEPT;
        }
        return true;
    }

    /** Its end is written now, in a way that goes by what this returns. */
    synchronized Place settle() {
        settled = true;
        return place;
    }

    /** It changes a table. */
    synchronized void take(Turn taken) {
        turn = taken;
    }

    /** Null if it changes none. */
    synchronized @Nullable Turn turn() {
        return turn;
    }

    /** The partitions in which it has changed or removed rows. */
    synchronized void change(Set<String> partitions) {
        changed = partitions;
    }

    synchronized Set<String> changed() {
        return changed;
    }

    /** Says that it runs while it waits for its start. */
    synchronized void hold(long now) {
        started = now;
    }

    /** It runs on this thread; false if it was stopped before. */
    synchronized boolean start(long now) {
        if (stage != Stage.PENDING) {
            return false;
        }
        stage = Stage.RUNNING;
        started = started > 0 ? started : now;
        work = ThreadTime.start();
        return true;
    }

    /** True if it had not started: then it never will, and the caller tells its end. */
    synchronized boolean stop(String reason) {
        boolean pending = stage == Stage.PENDING;
        if (pending || stage == Stage.RUNNING) {
            stage = Stage.STOPPED;
            why = reason;
        }
        return pending;
    }

    /** Stops it without an end: it runs again when the store is opened again. */
    synchronized void cutOff() {
        cutOff = true;
        stop("the server ends");
    }

    synchronized boolean isCutOff() {
        return cutOff && stage == Stage.STOPPED;
    }

    synchronized boolean isStopped() {
        return stage == Stage.STOPPED;
    }

    synchronized boolean hasStarted() {
        return stage != Stage.PENDING || started > 0;
    }

    /** When, in milliseconds; 0 if it has not. */
    synchronized long started() {
        return started;
    }

    /** Whether the thread on which it runs has worked for so long. */
    synchronized boolean hasWorked(Duration time) {
        return work != null && work.spent().compareTo(time) >= 0;
    }

    synchronized ApiError stopped() {
        return ApiError.stopped(why);
    }

    /** @throws ApiError if it was stopped */
    @Override
    public synchronized void requireGoing() {
        if (stage == Stage.STOPPED) {
            throw stopped();
        }
    }

    /** From here on it is too late to stop it. */
    synchronized void commit() {
        requireGoing();
        stage = Stage.COMMITTING;
    }

    /** A commit has failed for another's change; the effect begins again. */
    synchronized void again() {
        changed = Set.of();
        settled = false;
        if (stage == Stage.COMMITTING) {
            stage = Stage.RUNNING;
        }
    }

    /** Executes what {@link #interrupt} ends. */
    @Override
    public int execute(PreparedStatement statement) throws SQLException {
        begin(statement);
        try {
            return statement.executeUpdate();
        } finally {
            execution.over();
        }
    }

    /** Reads what a statement answers, until {@link #interrupt} ends it. */
    <T> T query(PreparedStatement statement, Answer<T> answer) throws SQLException {
        begin(statement);
        try (ResultSet result = statement.executeQuery()) {
            return answer.read(result);
        } finally {
            execution.over();
        }
    }

    /** What is made of a statement's answer. */
    interface Answer<T> {
        T read(ResultSet result) throws SQLException;
    }

    private synchronized void begin(PreparedStatement statement) {
        requireGoing();
        execution.of(statement);
    }

    /** Ends the statement of a stopped job. A statement that is about to begin may miss it: repeat while true. */
    synchronized boolean interrupt() {
        if (stage != Stage.STOPPED || isOver()) {
            return false;
        }
        execution.cancel();
        return true;
    }

    void end() {
        ended.countDown();
    }

    /** @throws ApiError if it was stopped */
    void pause(long millis) {
        try {
            await(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.backend("a job was interrupted");
        }
        requireGoing();
    }

    boolean isOver() {
        return ended.getCount() == 0;
    }

    void await(long millis) throws InterruptedException {
        ended.await(millis, TimeUnit.MILLISECONDS);
    }
}
