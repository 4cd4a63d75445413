package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.RowFaults;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What BigQuery finds wrong with staged rows when it sees them together, a page at a time, so that however many they are
 * they need no more memory than a page. Not thread-safe.
 */
final class FaultyRows implements RowFaults {

    /** As the LIMIT in the statement. */
    private static final int PAGE = 10_000;

    private final Door door;
    private final BulkInsertRun run;
    private final Map<Long, String> page = new HashMap<>();
    private long known;

    private FaultyRows(Door door, BulkInsertRun run, long known) {
        this.door = door;
        this.run = run;
        this.known = known;
    }

    /** Those behind a row; blocks for a query, for as long as the tier BATCH allows. */
    static FaultyRows behind(long row, Door door, BulkInsertRun run) {
        var rows = new FaultyRows(door, run, row);
        rows.turnPage();
        return rows;
    }

    boolean isEmpty() {
        return page.isEmpty();
    }

    private void turnPage() {
        page.clear();
        door.rows(new Statements(door.sql(), run).findFaultyRows(known)).forEach(row -> {
            known = row.get(0).getLongValue();
            page.put(known, reason(row.get(1).getStringValue()));
        });
        if (page.size() < PAGE) {
            known = Long.MAX_VALUE;
        }
    }

    private String reason(String fault) {
        return fault.equals("KEY") ? run.repeatedKey() : run.beyondScope();
    }

    @Override
    public @Nullable String of(long row) {
        if (row > known) {
            turnPage();
        }
        return page.get(row);
    }
}
