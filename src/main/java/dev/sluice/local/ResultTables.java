package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.TableName;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables that hold the results of many queries, told apart by {@code _sluice_from}, since making a table costs DuckDB more
 * than a small query, and it plans all statements anew after it. A result is named {@code q} and its number, the table that
 * it shares {@code t} and its own. Thread-safe.
 */
final class ResultTables {

    /** How long results join a table; it is removed when the last of them has expired. */
    static final Duration SHARED = Duration.ofHours(1);

    private static final int MOST = 1000;
    private static final Pattern RESULT = Pattern.compile("q[0-9]{1,18}");
    private static final Pattern TABLE = Pattern.compile("t[0-9]{1,18}");

    /** By columns. */
    record Known(Map<String, Shared> tables, long now) {

        /** The number of a table that a result may join. */
        @Nullable
        Long number(String columns) {
            Shared table = tables.get(columns);
            return table == null || table.born() + SHARED.toMillis() < now ? null : table.number();
        }
    }

    /** For who may see none of them. */
    static final Known NONE = new Known(Map.of(), 0);

    private record Shared(long number, long born) {}

    private record Kept(
            String resource, long number, @Nullable FewRows rows) {}

    /**
     * A result that has been committed.
     *
     * @param rows null if they are many
     */
    record Result(Tables.Stored table, @Nullable FewRows rows) {}

    private final Clock clock;
    private final Latest<Kept> latest = new Latest<>();
    private Map<String, Shared> tables = Map.of();

    ResultTables(Clock clock) {
        this.clock = clock;
    }

    /** Those that a transaction sees if it has not begun to read. */
    synchronized Known known() {
        return new Known(tables, clock.millis());
    }

    /** Lets the results of others join a table that has been committed. */
    synchronized void share(String columns, long number, long born) {
        Map<String, Shared> more = tables.size() < MOST ? new HashMap<>(tables) : new HashMap<>();
        more.put(columns, new Shared(number, born));
        tables = Map.copyOf(more);
    }

    /**
     * Remembers a result.
     *
     * @param rows null if they are many
     * @return what does so once the result is committed
     */
    Runnable remembering(Tables.Stored table, @Nullable FewRows rows) {
        String json = Json.write(table.resource());
        var kept = new Kept(json, table.number(), rows);
        String name = table.name().table();
        return () -> latest.put(name, kept, json.length());
    }

    void forget(TableName result) {
        latest.forget(result.table());
    }

    /** One of the latest results, if it has not expired. */
    Optional<Result> find(TableName name) {
        return latest.find(name.table())
                .filter(kept -> isResult(name))
                .map(kept -> new Result(
                        new Tables.Stored(Json.read(kept.resource(), Table.class), kept.number()), kept.rows()))
                .filter(result -> result.table().resource().getExpirationTime() > clock.millis());
    }

    /** Whether a name is that of a result, whose rows are some of its table's. */
    static boolean isResult(TableName name) {
        return name.dataset().equals(Tables.RESULTS)
                && RESULT.matcher(name.table()).matches();
    }

    /** Whether a name is that of a table that results share, and nobody else reads. */
    static boolean isShared(TableName name) {
        return name.dataset().equals(Tables.RESULTS)
                && TABLE.matcher(name.table()).matches();
    }

    static String resultName(long number) {
        return "q" + number;
    }

    static String sharedName(long number) {
        return "t" + number;
    }

    /** {@code _sluice_from} of a result's rows: visible at any moment, as no commit has such a number. */
    static long from(Table result) {
        TableReference reference = result.getTableReference();
        return -Long.parseLong(reference.getTableId().substring(1));
    }
}
