package dev.sluice.schedule;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Hands the runs of a node that ends on to the others: they are stopped here, and resumed there as if it had died. */
final class Handover {

    private static final Logger log = LoggerFactory.getLogger(Handover.class);

    private final RunsHere runs;
    private final RecoveryRows rows;
    private final Stops stops;
    private final Set<Long> handedOn = new HashSet<>();

    /** Asks a run of this process to stop at the end of its chunk; does not wait for it. */
    interface Stops {
        void stop(long run);
    }

    Handover(RunsHere runs, RecoveryRows rows, Stops stops) {
        this.runs = runs;
        this.rows = rows;
        this.stops = stops;
    }

    /** Hands on what has begun and was not handed on before. */
    void handOn() {
        for (long run : runs.all()) {
            if (handedOn.add(run)) {
                handOn(run);
            }
        }
    }

    private void handOn(long run) {
        try {
            rows.handOn(run);
            stops.stop(run);
        } catch (DataAccessException e) {
            log.warn("cannot hand run {} on; it is recovered when its lease has run out: {}", run, e.getMessage());
        }
    }
}
