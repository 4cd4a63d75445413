package dev.sluice.schedule;

/**
 * The clock of all nodes, as an SQL expression of a timestamp with time zone. A node's own clock decides nothing: it may
 * be wrong, and a node that was paused would act on an old time.
 */
record DatabaseTime(String expression) {

    static final DatabaseTime CURRENT = new DatabaseTime("CURRENT_TIMESTAMP");

    String plusSeconds(long seconds) {
        return "(%s + INTERVAL '%d' SECOND)".formatted(expression, seconds);
    }
}
