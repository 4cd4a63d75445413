package dev.sluice.local;

import dev.sluice.local.functions.GoogleFunctions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** How the DuckDB file is opened, and made if it is not there. */
final class DuckDbFile {

    private DuckDbFile() {}

    /**
     * @param temporary folder for what does not fit into memory
     * @param readable folders whose files SQL may read; nothing else outside the file is within its reach
     */
    static DuckDBConnection open(Path file, Path temporary, List<Path> readable, String memoryLimit)
            throws SQLException {
        var root = (DuckDBConnection)
                DriverManager.getConnection("jdbc:duckdb:" + file, properties(temporary, memoryLimit));
        try (Statement statement = root.createStatement()) {
            GoogleFunctions.register(root);
            statement.execute("SET allowed_directories = [%s]"
                    .formatted(readable.stream()
                            .map(path -> "'" + path.toString().replace("'", "''") + "/'")
                            .collect(Collectors.joining(", "))));
            statement.execute("SET enable_external_access = false");
            statement.execute("SET TimeZone='UTC'");
            layOut(root);
        } catch (SQLException e) {
            root.close();
            throw e;
        }
        return root;
    }

    private static Properties properties(Path temporary, String memoryLimit) {
        var properties = new Properties();
        properties.setProperty("memory_limit", memoryLimit);
        properties.setProperty("threads", "1"); // more when Processors gives them
        properties.setProperty("temp_directory", temporary.toString());
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("default_null_order", "nulls_first_on_asc_last_on_desc");
        return properties;
    }

    /** In one transaction, which waits for the disk once. */
    private static void layOut(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : StoreLayout.STATEMENTS) {
                statement.execute(sql);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }
}
