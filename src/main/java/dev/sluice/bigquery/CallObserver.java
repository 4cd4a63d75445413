package dev.sluice.bigquery;

import java.time.Duration;

/** Is told of the exchanges with BigQuery. Called by whoever waits: it neither blocks nor throws. Thread-safe. */
public interface CallObserver {

    /** Looks the other way. */
    CallObserver NONE = new CallObserver() {
        @Override
        public void admitted(String phase, Tier tier, Duration waited) {}

        @Override
        public void answered(String phase, Tier tier, String answer, Duration took) {}

        @Override
        public void repeated(String phase, Tier tier) {}

        @Override
        public void cut(String phase, Tier tier) {}
    };

    /** The gate has let one exchange through, which had waited before it for so long. */
    void admitted(String phase, Tier tier, Duration waited);

    /**
     * One exchange has ended.
     *
     * @param phase connect, submit, upload, poll, page or cancel
     * @param answer {@code ok}, BigQuery's reason for refusing, or {@code broken} if no answer could be read
     */
    void answered(String phase, Tier tier, String answer, Duration took);

    /** Something is about to be done again. */
    void repeated(String phase, Tier tier);

    /** A caller's time was up. */
    void cut(String phase, Tier tier);
}
