package dev.sluice.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.sql.DataSource;

/**
 * What Flyway has noted of a repository's migrations. Most starts find that nothing is missing, and need not start Flyway
 * for it, which takes longer than all else that they ask the repository.
 */
final class MigrationHistory {

    private static final Pattern SCRIPT = Pattern.compile("V(\\d+)__\\w+\\.sql");
    private static final String NO_CHECKSUM = "none";

    private MigrationHistory() {}

    /**
     * Whether exactly V1 and these scripts, as they are now, have been applied with success to the schema that the
     * repository's tables are made in. False if in doubt, such as for any other file among the scripts: Flyway will know.
     */
    static boolean isComplete(DataSource repository, Path scripts) throws SQLException {
        try {
            Optional<Map<String, String>> required = required(scripts);
            return required.isPresent() && applied(repository).equals(required);
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
    }

    /** Another one for other scripts; empty if in doubt. */
    static Optional<String> version(Path scripts) {
        try {
            return required(scripts).map(required -> "%08x".formatted(required.hashCode()));
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
    }

    /** Empty if Flyway might see more in the folder than we do, or something to complain of. */
    private static Optional<Map<String, String>> required(Path scripts) throws IOException {
        Map<String, String> required = new HashMap<>();
        required.put("1", NO_CHECKSUM);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(scripts)) {
            for (Path file : files) {
                Matcher name = SCRIPT.matcher(file.getFileName().toString());
                if (!name.matches() || required.put(name.group(1), checksum(file)) != null) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(required);
    }

    /** As Flyway computes it: line ends do not count. */
    private static String checksum(Path script) throws IOException {
        var sum = new CRC32();
        for (String line : Files.readAllLines(script)) {
            sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return String.valueOf((int) sum.getValue());
    }

    /** Empty if something failed, or if there is no history. */
    private static Optional<Map<String, String>> applied(DataSource repository) throws SQLException {
        try (Connection connection = repository.getConnection();
                Statement statement = connection.createStatement()) {
            String schema = connection.getSchema();
            return schema == null ? Optional.empty() : applied(statement, schema);
        }
    }

    /** Qualified, since a search path may lead on to the history of another installation. */
    private static Optional<Map<String, String>> applied(Statement statement, String schema) {
        String sql = "SELECT \"version\", \"checksum\", \"success\" FROM \""
                + schema.replace("\"", "\"\"")
                + "\".\"flyway_schema_history\" WHERE \"version\" IS NOT NULL";
        Map<String, String> applied = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                if (!rows.getBoolean("success")) {
                    return Optional.empty();
                }
                String checksum = rows.getString("checksum");
                applied.put(rows.getString("version"), checksum == null ? NO_CHECKSUM : checksum);
            }
            return Optional.of(applied);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
