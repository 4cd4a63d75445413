package dev.sluice.schedule;

import java.time.Instant;

/**
 * A tick without an end, as it was read; what is done about it holds only if nobody has claimed it since.
 *
 * @param claim how often it was claimed
 * @param expired whether it is claimed by a node that did not start it in time
 */
record OpenTick(String job, Instant at, TickState state, int claim, boolean expired) {}
