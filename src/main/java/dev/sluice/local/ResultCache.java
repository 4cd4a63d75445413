package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Results of queries that would be the same again: the text and the parameters are equal, the tables and views have not
 * changed, and nothing depends on when or by whom it is asked. In memory, since the server's start. Thread-safe.
 */
final class ResultCache {

    private static final int MOST = 1000;

    /** Too many rather than too few: what looks like it is computed anew. */
    private static final Pattern CHANGING = Pattern.compile(
            "\\b(CURRENT_\\w+|RAND|GENERATE_UUID|SESSION_USER|SYSTEM_TIME|INFORMATION_SCHEMA|@@\\w+)\\b",
            Pattern.CASE_INSENSITIVE);

    /** @param states of what was read, by name */
    private record Kept(TableReference results, Map<String, String> states) {}

    private final Tables tables;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    ResultCache(Tables tables) {
        this.tables = tables;
    }

    private static boolean isUsed(JobConfigurationQuery query) {
        return !Boolean.FALSE.equals(query.getUseQueryCache()) && query.getDestinationTable() == null;
    }

    private static String key(Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        String text = job.getJobReference().getLocation() + '\n' + query.getQuery();
        return query.getQueryParameters() == null && query.getDefaultDataset() == null
                ? text
                : text
                        + '\n'
                        + Json.write(new JobConfigurationQuery()
                                .setDefaultDataset(query.getDefaultDataset())
                                .setQueryParameters(query.getQueryParameters()));
    }

    /** The table that the results are in. */
    Optional<TableReference> find(Connection connection, Job job, QuerySources sources) throws SQLException {
        boolean isUsed = isUsed(job.getConfiguration().getQuery()) && !sources.seesTemporaries();
        @Nullable Kept found = isUsed ? get(key(job)) : null;
        if (found == null
                || !exists(connection, Tables.name(found.results()))
                || !found.states().equals(states(connection, found.states().keySet()))) {
            return Optional.empty();
        }
        return Optional.of(found.results());
    }

    private boolean exists(Connection connection, TableName results) throws SQLException {
        return tables.results().latest(results).isPresent()
                || tables.find(connection, results).isPresent();
    }

    /** Remembers results, if they may be told again. */
    void keep(Connection connection, Job job, QuerySources sources, TableReference results) throws SQLException {
        boolean constant =
                !CHANGING.matcher(job.getConfiguration().getQuery().getQuery()).find()
                        && sources.views().stream()
                                .noneMatch(text -> CHANGING.matcher(text).find());
        if (!constant || sources.isFiltered() || sources.seesTemporaries() || sources.information() > 0) {
            return;
        }
        Map<String, String> states = states(connection, sources.names());
        if (states.values().stream().noneMatch(String::isEmpty)) {
            put(key(job), new Kept(results, states));
        }
    }

    private synchronized @Nullable Kept get(String key) {
        return kept.get(key);
    }

    private synchronized void put(String key, Kept results) {
        kept.put(key, results);
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private Map<String, String> states(Connection connection, Collection<String> names) throws SQLException {
        Map<String, String> states = new TreeMap<>();
        for (String name : names) {
            int dot = name.indexOf('.');
            Optional<StoredTable> table =
                    tables.find(connection, new TableName(name.substring(0, dot), name.substring(dot + 1)));
            states.put(name, table.isEmpty() ? "" : state(connection, table.get()));
        }
        return states;
    }

    /** Empty for what is in flux. */
    private static String state(Connection connection, StoredTable table) throws SQLException {
        boolean streamed = Store.text(
                        connection, "SELECT 'x' FROM meta.streamed WHERE table_number = ? LIMIT 1", table.number())
                .isPresent();
        if (streamed) {
            return "";
        }
        String versions = Store.text(
                        connection,
                        "SELECT concat_ws(' ', count(*), sum(_sluice_from), count(_sluice_to), sum(_sluice_to)) FROM "
                                + table.duckDbName())
                .orElse("");
        return "%d %s %s".formatted(table.number(), table.resource().getEtag(), versions);
    }
}
