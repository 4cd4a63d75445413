package dev.sluice.ledger;

import org.springframework.batch.core.job.JobInterruptedException;

/**
 * Somebody asked this run to stop; what was about to happen is left to a restart. Its cause is Spring Batch's own
 * interruption, so that a step that ends with it is STOPPED.
 */
public final class StopRequested extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StopRequested(String message) {
        super(message, new JobInterruptedException(message));
    }
}
