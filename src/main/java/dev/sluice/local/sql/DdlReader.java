package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads CREATE and DROP of tables and datasets. */
final class DdlReader {

    private static final Set<String> TYPES = Set.of(
            "STRING", "INT64", "FLOAT64", "BOOL", "TIMESTAMP", "DATE", "DATETIME", "TIME", "NUMERIC", "JSON", "BYTES");
    private static final Map<String, String> ALIASES =
            Map.of("INTEGER", "INT64", "BOOLEAN", "BOOL", "INT", "INT64", "BIGINT", "INT64");
    private static final Set<String> GRANULARITIES = Set.of("HOUR", "DAY", "MONTH", "YEAR");

    private final Tokens tokens;

    DdlReader(Tokens tokens) {
        this.tokens = tokens;
    }

    Statement create() {
        tokens.require("CREATE");
        if (tokens.takeIf("SCHEMA")) {
            boolean ifNotExists = tokens.takeIf("IF", "NOT", "EXISTS");
            String path = tokens.name();
            return new Statement.CreateSchema(path.substring(path.lastIndexOf('.') + 1), ifNotExists);
        }
        if (!tokens.takeIf("TABLE")) {
            throw SqlRefused.unsupported("CREATE " + tokens.peek().upper(), tokens.peek());
        }
        return createTable();
    }

    private Statement createTable() {
        boolean ifNotExists = tokens.takeIf("IF", "NOT", "EXISTS");
        TableName table = tokens.tableName();
        List<Column> columns = columns();
        Partitioning partitioning = partitioning(columns);
        List<String> clustering = new ArrayList<>();
        if (tokens.takeIf("CLUSTER", "BY")) {
            do {
                clustering.add(existing(columns, tokens.name()).name());
            } while (tokens.takeIf(","));
        }
        return new Statement.CreateTable(
                table, ifNotExists, columns, partitioning.column(), partitioning.type(), clustering, options());
    }

    private record Partitioning(@Nullable String column, String type) {}

    private List<Column> columns() {
        tokens.require("(");
        List<Column> columns = new ArrayList<>();
        do {
            String name = tokens.name();
            String type = type();
            boolean required = tokens.takeIf("NOT", "NULL");
            columns.add(new Column(name, type, required, options().get("description")));
        } while (tokens.takeIf(","));
        tokens.require(")");
        return columns;
    }

    private String type() {
        Token token = tokens.take();
        String type = ALIASES.getOrDefault(token.upper(), token.upper());
        if (!TYPES.contains(type)) {
            throw SqlRefused.unsupported("columns of type " + token.text(), token);
        }
        return type;
    }

    private Partitioning partitioning(List<Column> columns) {
        if (!tokens.takeIf("PARTITION", "BY")) {
            return new Partitioning(null, "DAY");
        }
        Token first = tokens.peek();
        if (!tokens.peek(1).is("(")) {
            Column column = existing(columns, tokens.name());
            requireType(column, "DATE", first);
            return new Partitioning(column.name(), "DAY");
        }
        String function = tokens.take().upper();
        tokens.require("(");
        Column column = existing(columns, tokens.name());
        String granularity = tokens.takeIf(",") ? tokens.take().upper() : "DAY";
        tokens.require(")");
        boolean whole = function.equals("DATE") && granularity.equals("DAY");
        if (!whole && !function.equals(column.type() + "_TRUNC") || !GRANULARITIES.contains(granularity)) {
            throw SqlRefused.unsupported("PARTITION BY " + function, first);
        }
        if (whole && !Set.of("TIMESTAMP", "DATETIME").contains(column.type())) {
            requireType(column, "TIMESTAMP", first);
        }
        return new Partitioning(column.name(), granularity);
    }

    private static void requireType(Column column, String type, Token at) {
        if (!column.type().equals(type)) {
            throw new SqlRefused(
                    "invalidQuery",
                    "PARTITION BY expression must be DATE(<timestamp_column>), DATE(<datetime_column>),"
                            + " a DATE column, or <type>_TRUNC(<column>, <unit>) at " + at.place());
        }
    }

    private Column existing(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new SqlRefused(
                        "invalidQuery",
                        "Unrecognized name: %s at %s"
                                .formatted(name, tokens.peek().place())));
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        if (!tokens.takeIf("OPTIONS", "(")) {
            return options;
        }
        do {
            Token name = tokens.take();
            tokens.require("=");
            Token value = tokens.take();
            if (!name.text().toLowerCase(Locale.ROOT).equals("description") || value.kind() != Kind.STRING) {
                throw SqlRefused.unsupported("option " + name.text(), name);
            }
            options.put("description", value.value());
        } while (tokens.takeIf(","));
        tokens.require(")");
        return options;
    }

    Statement drop() {
        tokens.require("DROP", "TABLE");
        boolean ifExists = tokens.takeIf("IF", "EXISTS");
        return new Statement.DropTable(tokens.tableName(), ifExists);
    }
}
