package dev.sluice.launch;

/** How a start, restart or recover ended, for cron and people. The numbers are a promise. */
public enum ExitCode {
    COMPLETED(0),
    FAILED(1),
    /** Usage or input, found before an instance existed. */
    INVALID(2),
    ALREADY_COMPLETED(3),
    /** Somebody else runs it, or has just won the launch. */
    ALREADY_RUNNING(4),
    STOPPED(5),
    DEADLINE_EXCEEDED(6),
    /** By quota, gate or changed source. */
    REFUSED(7),
    /** Repository or service. */
    UNAVAILABLE(8);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    static ExitCode of(int number) {
        return values()[number];
    }
}
