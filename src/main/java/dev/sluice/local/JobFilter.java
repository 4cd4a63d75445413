package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which jobs a list shall have.
 *
 * @param states in lower case; empty for all
 * @param from creation time in milliseconds, inclusive, as {@code to}
 */
record JobFilter(Set<String> states, long from, long to) implements Predicate<Job> {

    static JobFilter of(Exchange exchange) {
        String states = exchange.query("stateFilter", "").toLowerCase(Locale.ROOT);
        Set<String> wanted = states.isEmpty() ? Set.of() : Set.copyOf(List.of(states.split(",")));
        if (!Set.of("pending", "running", "done").containsAll(wanted)) {
            throw ApiError.invalid("Invalid value for stateFilter: " + states);
        }
        return new JobFilter(
                wanted, exchange.number("minCreationTime", 0), exchange.number("maxCreationTime", Long.MAX_VALUE));
    }

    @Override
    public boolean test(Job job) {
        long created = job.getStatistics().getCreationTime();
        return created >= from
                && created <= to
                && (states.isEmpty()
                        || states.contains(job.getStatus().getState().toLowerCase(Locale.ROOT)));
    }
}
