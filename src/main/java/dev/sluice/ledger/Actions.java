package dev.sluice.ledger;

import org.jspecify.annotations.Nullable;

/** What people and programs did to runs: who, when, why, before, after. Every method commits at once. Thread-safe. */
public interface Actions {

    /**
     * Notes an action that is about to begin.
     *
     * @param actor who, at most 200 characters
     * @param reason why, at most 500 characters
     * @param before the run's status
     * @return the action's number
     */
    long begin(long runId, String verb, String actor, @Nullable String reason, String before);

    /**
     * Notes how it ended.
     *
     * @param after the run's status, or the run that follows it
     * @param outcome the exit code's name
     */
    void end(long action, String after, String outcome);
}
