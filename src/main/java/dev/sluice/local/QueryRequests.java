package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** jobs.query as the job that it stands for. */
final class QueryRequests {

    private static final Set<String> SETTINGS = Set.of(
            "kind",
            "query",
            "useLegacySql",
            "defaultDataset",
            "parameterMode",
            "queryParameters",
            "dryRun",
            "maxResults",
            "timeoutMs",
            "jobTimeoutMs",
            "requestId",
            "labels",
            "location",
            "maximumBytesBilled",
            "useQueryCache",
            "formatOptions",
            "queryResultsFormat",
            "jobCreationMode",
            "preserveNulls",
            "maxSlots",
            "reservation");

    private static final int LONGEST_REQUEST_ID = 36;
    private static final Set<String> CREATION_MODES =
            Set.of("", "JOB_CREATION_MODE_UNSPECIFIED", "JOB_CREATION_REQUIRED", "JOB_CREATION_OPTIONAL");

    private static final Set<String> PRIORITIES = Set.of("", "INTERACTIVE", "BATCH");
    private static final Set<String> MODES = Set.of("", "NONE", "NAMED", "POSITIONAL");

    private QueryRequests() {}

    /**
     * Inserts the job and waits for its end. A request that comes again, by its id, is the same job.
     *
     * @param wait how long at most, in milliseconds
     */
    static Job insert(JobsApi jobs, RunningJobs running, QueryRequest request, long wait) {
        Effects.requireOnly(SETTINGS, request, "jobs.query");
        if (request.getMaxResults() != null && request.getMaxResults() < 0) {
            throw ApiError.invalid("Invalid value for maxResults: " + request.getMaxResults());
        }
        String format = request.getQueryResultsFormat();
        if (format != null && !format.equals("STRUCT_ENCODING")) {
            throw ApiError.unsupported("results of format " + format);
        }
        requireKnown(request);
        Job job = job(request);
        try {
            return jobs.insert(job, wait);
        } catch (ApiError e) {
            if (request.getRequestId() == null || !e.reason().equals("duplicate")) {
                throw e;
            }
            running.await(job.getJobReference().getJobId(), wait);
            Job before = running.current(job.getJobReference().getJobId());
            if (!request.getQuery().equals(before.getConfiguration().getQuery().getQuery())) {
                throw e;
            }
            return before;
        }
    }

    private static void requireKnown(QueryRequest request) {
        String mode = Objects.requireNonNullElse(request.getJobCreationMode(), "");
        if (!CREATION_MODES.contains(mode)) {
            throw ApiError.invalid("Invalid value for jobCreationMode: %s is not a valid value".formatted(mode));
        }
        if (request.getRequestId() != null && request.getRequestId().length() > LONGEST_REQUEST_ID) {
            throw ApiError.invalid(
                    "Invalid value for requestId: it is longer than %d characters".formatted(LONGEST_REQUEST_ID));
        }
    }

    /** @throws ApiError for a parameter without a type, or for a mode or priority that is not known */
    static void requireParameters(JobConfigurationQuery query) {
        if (query.getPriority() != null
                && !PRIORITIES.contains(query.getPriority().toUpperCase(Locale.ROOT))) {
            throw ApiError.invalid(
                    "Invalid value for priority: %s is not a valid value".formatted(query.getPriority()));
        }
        String mode = Objects.requireNonNullElse(query.getParameterMode(), "");
        if (!MODES.contains(mode.toUpperCase(Locale.ROOT))) {
            throw ApiError.invalid("Invalid value for parameterMode: %s is not a valid value".formatted(mode));
        }
        Set<String> names = new HashSet<>();
        for (QueryParameter parameter :
                Objects.requireNonNullElse(query.getQueryParameters(), List.<QueryParameter>of())) {
            String name = Objects.requireNonNullElse(parameter.getName(), "");
            if (!name.isEmpty() && !names.add(name.toLowerCase(Locale.ROOT))) {
                throw ApiError.invalid("Duplicate query parameter '%s'".formatted(name));
            }
            if (!isComplete(parameter.getParameterType())) {
                throw ApiError.invalid("Required parameter is missing: parameterType of query parameter "
                        + Objects.requireNonNullElse(parameter.getName(), "?"));
            }
        }
    }

    private static boolean isComplete(@Nullable QueryParameterType type) {
        if (type == null || type.getType() == null) {
            return false;
        }
        return switch (type.getType().toUpperCase(Locale.ROOT)) {
            case "ARRAY" -> isComplete(type.getArrayType());
            case "STRUCT" ->
                type.getStructTypes() != null
                        && type.getStructTypes().stream().allMatch(member -> isComplete(member.getType()));
            default -> true;
        };
    }

    private static Job job(QueryRequest request) {
        var query = new JobConfigurationQuery()
                .setQuery(request.getQuery())
                .setUseLegacySql(request.getUseLegacySql())
                .setDefaultDataset(request.getDefaultDataset())
                .setParameterMode(request.getParameterMode())
                .setQueryParameters(request.getQueryParameters())
                .setMaximumBytesBilled(request.getMaximumBytesBilled())
                .setUseQueryCache(request.getUseQueryCache());
        var reference = new JobReference().setLocation(request.getLocation());
        if (request.getRequestId() != null) {
            reference.setJobId("job_" + request.getRequestId());
        }
        return new Job()
                .setJobReference(reference)
                .setConfiguration(new JobConfiguration()
                        .setQuery(query)
                        .setDryRun(request.getDryRun())
                        .setLabels(request.getLabels())
                        .setJobTimeoutMs(request.getJobTimeoutMs()));
    }

    static Page page(QueryRequest request) {
        Page most = new Page(0, Page.MOST);
        return request.getMaxResults() == null ? most : new Page(0, Math.min(Page.MOST, request.getMaxResults()));
    }
}
