package dev.sluice.schedule;

import java.time.Instant;

/**
 * The right to start a tick, until it expires.
 *
 * @param claim the number of the claim: only the holder of the latest one ends the tick
 */
record ClaimedTick(ScheduledJob job, Instant at, int claim) {}
