package dev.sluice.item.source;

import java.util.List;
import java.util.regex.Pattern;

/** Objects of Cloud Storage that a source names: one URI, or several with a comma before each next {@code gs://}. */
public final class ObjectUris {

    private static final String SCHEME = "gs://";
    private static final Pattern URI = Pattern.compile("gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]/[^\\p{Cntrl}]{1,1024}");
    private static final int MOST = 100;

    private ObjectUris() {}

    /** Whether a source names objects rather than files. */
    public static boolean areMeant(String source) {
        return source.startsWith(SCHEME);
    }

    /**
     * Looks at names only.
     *
     * @param problems receives everything that is wrong with them, in words for people
     * @return empty if there is a problem
     */
    public static List<String> find(String source, List<String> problems) {
        int before = problems.size();
        List<String> uris = List.of(source.split(",(?=gs://)", -1));
        if (uris.size() > MOST) {
            problems.add("source names %d URIs, the most is %d: use wildcards".formatted(uris.size(), MOST));
        }
        for (String uri : uris) {
            if (!URI.matcher(uri).matches() || uri.endsWith("/")) {
                problems.add(
                        "source %s is no URI of objects: give gs://<bucket>/<name>, all of a folder as gs://<bucket>/<folder>/*"
                                .formatted(uri));
            } else if (uri.chars().filter(c -> c == '*').count() > 1) {
                problems.add("source %s has more than one wildcard, and BigQuery takes one".formatted(uri));
            }
        }
        return problems.size() > before ? List.of() : uris;
    }
}
