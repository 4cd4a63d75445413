package dev.sluice.schedule;

/** What is known of a tick. The four last are ends: such a row never changes again. */
public enum TickState {
    DUE,
    /** A node has looked at it: it waits for another run. */
    QUEUED,
    /** A node is about to start it. */
    CLAIMED,
    /** A run carries it. */
    LAUNCHED,
    /** An earlier run of the schedule had not ended. */
    SKIPPED,
    /** Nobody was there to act upon it in time. */
    MISSED,
    /** It could not be started. */
    REFUSED
}
