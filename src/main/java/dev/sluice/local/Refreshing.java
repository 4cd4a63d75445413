package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.MaterializedViewDefinition;
import com.google.api.services.bigquery.model.Table;
import java.util.Set;

/** When a materialized view says that it is computed anew. */
final class Refreshing {

    /** If nobody says it. */
    static final long MILLIS = 1_800_000;

    private static final Set<String> SENT =
            Set.of("query", "enableRefresh", "refreshIntervalMs", "allowNonIncrementalDefinition", "lastRefreshTime");

    private Refreshing() {}

    /**
     * What a view has with the changes that a request asks for.
     *
     * @param whole whether what they leave out is as usual again
     * @throws ApiError if they are of what it selects
     */
    static MaterializedViewDefinition changed(Table view, MaterializedViewDefinition changes, boolean whole) {
        Effects.requireOnly(SENT, changes, "materialized views");
        MaterializedViewDefinition after = view.getMaterializedView().clone();
        requireSame(view, changes, "query");
        requireSame(view, changes, "allowNonIncrementalDefinition");
        set(after, changes, "enableRefresh", true, whole);
        set(after, changes, "refreshIntervalMs", MILLIS, whole);
        return after;
    }

    private static void requireSame(Table view, MaterializedViewDefinition changes, String name) {
        Object wanted = changes.get(name);
        if (wanted != null && !wanted.equals(view.getMaterializedView().get(name))) {
            throw ApiError.invalid("Cannot change materializedView.%s of an existing table".formatted(name));
        }
    }

    private static void set(GenericJson after, GenericJson changes, String name, Object usual, boolean whole) {
        Object wanted = changes.get(name);
        if (wanted != null && !Data.isNull(wanted)) {
            after.set(name, wanted);
        } else if (wanted != null || whole) {
            after.set(name, usual);
        }
    }
}
