package dev.sluice.schedule;

import dev.sluice.ledger.LedgerDatabase;
import java.util.Optional;

/** Whether a tick's run may begin beside those that go on; where limits are kept. */
final class Admission {

    private final LedgerDatabase database;
    private final TickRows rows;
    private final RunningRuns running;
    private final int runsPerOrg;

    /** @param runsPerOrg 0 for no limit */
    Admission(LedgerDatabase database, TickRows rows, int runsPerOrg) {
        this.database = database;
        this.rows = rows;
        this.running = new RunningRuns(database);
        this.runsPerOrg = runsPerOrg;
    }

    /** The earlier run of the schedule that has not ended, in words. */
    Optional<String> overlap(String job) {
        return running.scheduled(job).map("run %d had not ended"::formatted);
    }

    /** Claims the tick, or lets it wait for a limit. */
    boolean claim(OpenTick tick, ScheduledJob job, String claimant) {
        if (running.ofJob(job.name()) >= job.concurrentRuns()) {
            rows.queue(tick, "%d runs of the job go on, no more may (concurrentRuns)".formatted(job.concurrentRuns()));
            return false;
        }
        String org = job.org();
        return org == null || runsPerOrg == 0
                ? rows.claim(tick, claimant)
                : database.inTransaction(() -> claimForOrg(tick, org, claimant));
    }

    /** Counting and claiming are two statements: only one node at a time may be between them. */
    private Boolean claimForOrg(OpenTick tick, String org, String claimant) {
        rows.takeTurn();
        if (running.ofOrg(org) < runsPerOrg) {
            return rows.claim(tick, claimant);
        }
        rows.queue(tick, "%d runs of %s go on, no more may (concurrent-runs-per-org)".formatted(runsPerOrg, org));
        return false;
    }
}
