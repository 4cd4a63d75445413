package dev.sluice.local;

import dev.sluice.local.sql.Namespace;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** What a script makes for itself, in a dataset of its own that nobody lists. Methods run in the caller's transaction. */
final class TemporaryTables {

    /** Of tables that a script could not remove, since the server ended. */
    static final Duration LIFE = Duration.ofHours(24);

    private static final String DATASETS = Tables.HIDDEN + "script_";

    private TemporaryTables() {}

    /** @param script the id of its job */
    static String dataset(String script) {
        return DATASETS + script;
    }

    static boolean has(TableName name) {
        return name.dataset().startsWith(DATASETS);
    }

    /**
     * @param dataset of tables that are not temporary
     * @param temporary empty outside of scripts
     */
    static Namespace namespace(Connection connection, String dataset, String temporary) {
        if (temporary.isEmpty()) {
            return Namespace.of(dataset);
        }
        try {
            return new Namespace(dataset, temporary, names(connection, temporary));
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    private static Set<String> names(Connection connection, String dataset) throws SQLException {
        return new HashSet<>(Store.texts(connection, "SELECT name FROM meta.tables WHERE dataset = ?", dataset));
    }

    /** @return how many there were */
    static int remove(Connection connection, Tables tables, String dataset) throws SQLException {
        Set<String> names = names(connection, dataset);
        for (String name : names) {
            tables.remove(connection, new TableName(dataset, name));
        }
        return names.size();
    }
}
