package dev.sluice.local.write;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code projects/<project>/datasets/<dataset>/tables/<table>/streams/<id>}. */
public record StreamName(String project, String dataset, String table, String id) {

    private static final String DEFAULT = "_default";
    private static final Pattern TABLE = Pattern.compile("projects/([^/]+)/datasets/([^/]+)/tables/([^/]+)");
    private static final Pattern STREAM = Pattern.compile(TABLE.pattern() + "/(?:streams/)?([^/]+)");

    /** @throws WriteRefused if it is none */
    static StreamName of(String name) {
        Matcher parts = STREAM.matcher(name);
        if (!parts.matches()) {
            throw WriteRefused.invalid("Invalid stream name", name);
        }
        return new StreamName(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
    }

    /**
     * @param table {@code projects/<project>/datasets/<dataset>/tables/<table>}
     * @throws WriteRefused if it is none
     */
    static StreamName in(String table, String id) {
        Matcher parts = TABLE.matcher(table);
        if (!parts.matches()) {
            throw WriteRefused.invalid("Invalid table name", table);
        }
        return new StreamName(parts.group(1), parts.group(2), parts.group(3), id);
    }

    /** The stream that every table has. */
    boolean isDefault() {
        return id.equals(DEFAULT);
    }

    public String parent() {
        return "projects/%s/datasets/%s/tables/%s".formatted(project, dataset, table);
    }

    @Override
    public String toString() {
        return "%s/streams/%s".formatted(parent(), id);
    }
}
