package dev.sluice.bigquery;

/** How busy the connections are at this moment. Thread-safe; never blocks. */
public interface ConnectionLoad {

    /** Connections that an exchange holds. */
    int leased();

    /** Connections that are there, leased or not. */
    int open();

    /** Callers that wait for a connection. */
    int waiting();
}
