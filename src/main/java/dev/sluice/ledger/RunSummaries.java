package dev.sluice.ledger;

import java.util.Optional;

/** The runs that the job repository has forgotten. Thread-safe; blocks as the database does. */
public interface RunSummaries {

    /** Of a repository that nothing is ever removed from. */
    RunSummaries NONE = new RunSummaries() {
        @Override
        public Optional<RunSummary> find(long run) {
            return Optional.empty();
        }

        @Override
        public Optional<RunSummary> last(InstanceKey instance) {
            return Optional.empty();
        }
    };

    Optional<RunSummary> find(long run);

    /** The last run of an instance; empty if the instance was never purged. */
    Optional<RunSummary> last(InstanceKey instance);
}
