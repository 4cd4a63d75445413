package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import dev.sluice.local.sql.Script;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a job does, in the transaction that also makes it DONE. */
final class Effects {

    private static final Set<Object> NOTHING = Set.of(false, "", List.of(), Map.of());

    /** Some are of legacy SQL and change nothing here. */
    private static final Set<String> QUERY_SETTINGS = Set.of(
            "allowLargeResults",
            "flattenResults",
            "preserveNulls",
            "location",
            "query",
            "useLegacySql",
            "defaultDataset",
            "queryParameters",
            "parameterMode",
            "priority",
            "useQueryCache",
            "maximumBytesBilled",
            "destinationTable",
            "writeDisposition",
            "createDisposition",
            "schemaUpdateOptions",
            "timePartitioning",
            "rangePartitioning",
            "clustering");

    private final Store store;
    private final Attempts attempts;
    private final LoadEffects loads;
    private final QueryEffects queries;
    private final CopyEffects copies;
    private final ExtractEffects extracts;
    private final StreamingBuffer buffer;
    private final JobLocations locations;

    Effects(
            Store store,
            Attempts attempts,
            LoadEffects loads,
            QueryEffects queries,
            CopyEffects copies,
            ExtractEffects extracts,
            StreamingBuffer buffer,
            JobLocations locations) {
        this.store = store;
        this.attempts = attempts;
        this.loads = loads;
        this.queries = queries;
        this.copies = copies;
        this.extracts = extracts;
        this.buffer = buffer;
        this.locations = locations;
    }

    /**
     * Refuses, before a job is accepted, what it could not do, and settles where it is.
     *
     * @return what was read of it
     */
    QueryText requireSupported(Job job) {
        requireUsable(job);
        QueryText text = QueryText.of(job);
        locations.settle(job, text);
        return text;
    }

    private void requireUsable(Job job) {
        JobConfiguration configuration = job.getConfiguration();
        if (configuration == null) {
            throw ApiError.invalid("Required parameter is missing: configuration");
        }
        JobKind.requireOne(configuration);
        Labels.require(configuration.getLabels());
        if (configuration.getCopy() != null) {
            copies.requireSupported(configuration.getCopy());
            return;
        }
        if (configuration.getExtract() != null) {
            extracts.requireSupported(configuration.getExtract());
            return;
        }
        if (configuration.getLoad() != null) {
            loads.requireSupported(configuration.getLoad());
            return;
        }
        requireOnly(QUERY_SETTINGS, configuration.getQuery(), "queries");
        if (configuration.getQuery().getQuery() == null
                || configuration.getQuery().getQuery().isBlank()) {
            throw ApiError.invalid("Required parameter is missing: query");
        }
        QueryRequests.requireParameters(configuration.getQuery());
        queries.requireSupported(configuration.getQuery());
    }

    /** A setting that is not known might change the answer, unless it says nothing. */
    static void requireOnly(Set<String> known, Map<String, ?> given, String of) {
        given.forEach((setting, value) -> {
            if (!known.contains(setting) && !NOTHING.contains(value)) {
                throw ApiError.unsupported("%s with %s".formatted(of, setting));
            }
        });
    }

    /** What a job changes, as far as that is known before it runs. */
    Optional<Claim> claim(Job job) {
        JobConfiguration configuration = job.getConfiguration();
        return store.read(connection -> {
            if (configuration.getLoad() != null) {
                return Optional.of(loads.claim(connection, configuration.getLoad()));
            }
            if (configuration.getCopy() != null) {
                return Optional.of(CopyEffects.claim(configuration.getCopy()));
            }
            return configuration.getQuery() == null ? Optional.empty() : queries.claim(connection, job);
        });
    }

    boolean changesPartitions(Claim claim) {
        return store.read(connection -> loads.isPartitioned(connection, claim.table()));
    }

    void run(Job job, Script script, RunningJob state) {
        if (QueryDestination.isNamed(job.getConfiguration().getQuery())) {
            throw ApiError.invalid("configuration.query.destinationTable cannot be set for scripts");
        }
        new Scripts(store, attempts, queries).run(job, script, state);
    }

    void apply(Connection connection, Job job, Path content, RunningJob state) throws SQLException {
        if (job.getConfiguration().getLoad() != null) {
            loads.apply(connection, job, content, state);
        } else if (job.getConfiguration().getCopy() != null) {
            store.processors().giveAll(state);
            copies.apply(connection, job);
        } else if (job.getConfiguration().getExtract() != null) {
            store.processors().giveAll(state);
            extracts.apply(connection, job);
        } else {
            queries.apply(connection, job, state);
            buffer.requireUntouched(connection, job);
        }
    }
}
