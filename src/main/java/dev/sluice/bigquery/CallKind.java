package dev.sluice.bigquery;

/** Every kind of remote call that the door makes: its API method, and what "not found" and "duplicate" mean to it. */
enum CallKind {
    FIND_TABLE("tables.get", "submit", Verdict.ANSWER, Verdict.GIVE_UP),
    CREATE_DATASET("datasets.insert", "submit", Verdict.GIVE_UP, Verdict.ANSWER),
    CREATE_TABLE("tables.insert", "submit", Verdict.GIVE_UP, Verdict.ANSWER),
    DROP_TABLE("tables.delete", "submit", Verdict.ANSWER, Verdict.GIVE_UP),
    /** Under an id of ours, so that a repeated call meets its own job; who submits compares what is there. */
    SUBMIT_JOB("jobs.insert", "submit", Verdict.GIVE_UP, Verdict.ANSWER),
    /** A read, under an id of ours for the same reason. */
    SUBMIT_QUERY("jobs.insert", "submit", Verdict.GIVE_UP, Verdict.ANSWER),
    BEGIN_UPLOAD("jobs.insert", "upload", Verdict.GIVE_UP, Verdict.ANSWER),
    /** The upload itself knows what a session that is gone or done means. */
    SEND_CHUNK("jobs.upload", "upload", Verdict.GIVE_UP, Verdict.GIVE_UP),
    FIND_JOB("jobs.get", "poll", Verdict.ANSWER, Verdict.GIVE_UP),
    AWAIT_RESULT("jobs.getQueryResults", "poll", Verdict.GIVE_UP, Verdict.GIVE_UP),
    READ_PAGE("jobs.getQueryResults", "page", Verdict.GIVE_UP, Verdict.GIVE_UP),
    /** BigQuery keeps results for about a day. */
    READ_KEPT_PAGE("jobs.getQueryResults", "page", Verdict.ANSWER, Verdict.GIVE_UP),
    CANCEL_JOB("jobs.cancel", "cancel", Verdict.ANSWER, Verdict.ANSWER);

    private final String method;
    private final String phase;
    private final Verdict notFound;
    private final Verdict duplicate;

    CallKind(String method, String phase, Verdict notFound, Verdict duplicate) {
        this.method = method;
        this.phase = phase;
        this.notFound = notFound;
        this.duplicate = duplicate;
    }

    /** As BigQuery counts it against its limits. */
    String method() {
        return method;
    }

    /** For failures: submit, upload, poll, page or cancel. */
    String phase() {
        return phase;
    }

    Verdict notFound() {
        return notFound;
    }

    Verdict duplicate() {
        return duplicate;
    }
}
