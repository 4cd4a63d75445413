package dev.sluice.ledger;

import java.time.Duration;
import java.util.List;

/** BigQuery jobs as they were observed. Nothing is decided by them. Thread-safe; blocks as the database does. */
public interface QueryRecords {

    /** Keeps them; a job that is known to be done is not kept again when somebody else finds it done. */
    void add(List<QueryRecord> records);

    /** Forgets what was kept longer ago. */
    void forgetAfter(Duration retention);
}
