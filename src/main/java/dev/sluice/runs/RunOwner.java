package dev.sluice.runs;

import dev.sluice.ledger.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Who holds the lease of a run's instance, as far as the repository knows. */
final class RunOwner {

    private RunOwner() {}

    /**
     * Whether somebody who is not known to be dead holds it for this run. A holder that has not yet noted its run in the
     * lease may be this one.
     */
    static boolean isAlive(ResultSet row, long run) throws SQLException {
        String host = row.getString("OWNER_HOST");
        if (host == null || row.getBoolean("RELEASED") || row.getBoolean("EXPIRED")) {
            return false;
        }
        Long held = Columns.number(row, "LEASED_RUN");
        if (held != null && held != run) {
            return false;
        }
        var owner = new Owner(host, row.getLong("OWNER_PID"), row.getLong("OWNER_STARTED"));
        return !owner.isDeadOn(Owner.current().host());
    }
}
