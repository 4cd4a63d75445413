package dev.sluice.bigquery;

/** How busy the gate in front of the connections is at this moment. Thread-safe; never blocks. */
public interface GateLoad {

    /** Calls that were let in and have not ended. */
    int admitted();

    /** Callers that wait to be let in. */
    int waiting();
}
