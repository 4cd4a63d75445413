package dev.sluice.bigquery;

/** What to do about an error of BigQuery. */
enum Verdict {
    /** Nothing: the error is the answer. What was looked for is not there, or what was to be made is there. */
    ANSWER,
    /** The same again, soon. */
    REPEAT,
    /** The same again, at the pace that BigQuery's service level agreement asks for. */
    SLOW_DOWN,
    /** Again under another BigQuery job id: this one is spent and had no effect. */
    NEW_ATTEMPT,
    /** Not again before the quota is renewed: what fails counts, too. */
    PARK,
    /** Not again: it would fail the same way. */
    GIVE_UP
}
