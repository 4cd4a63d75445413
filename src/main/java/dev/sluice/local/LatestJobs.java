package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest jobs as they are on disk: whoever waits for one asks for it again and again. Thread-safe. */
final class LatestJobs {

    private static final int MOST = 1000;
    private static final int LONGEST = 20_000;

    private final Map<String, String> resources = new LinkedHashMap<>();

    /** A job that has just been committed. */
    synchronized void put(Job job, String resource) {
        String id = job.getJobReference().getJobId();
        resources.remove(id);
        if (resource.length() <= LONGEST) {
            resources.put(id, resource);
        }
        if (resources.size() > MOST) {
            resources.remove(resources.keySet().iterator().next());
        }
    }

    synchronized void forget(String id) {
        resources.remove(id);
    }

    Optional<Job> find(String id) {
        return Optional.ofNullable(resource(id)).map(json -> Json.read(json, Job.class));
    }

    private synchronized @Nullable String resource(String id) {
        return resources.get(id);
    }
}
