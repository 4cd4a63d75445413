package dev.sluice.bigquery.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code CREATE TABLE IF NOT EXISTS ${table} (…) PARTITION BY … CLUSTER BY … OPTIONS(description="…")}. Strict:
 * whatever our schema files do not use is refused.
 */
final class SchemaFile {

    private static final int MOST_CLUSTER_COLUMNS = 4;
    private static final Map<String, ColumnType> ALIASES = Map.of(
            "INTEGER", ColumnType.INT64,
            "BOOLEAN", ColumnType.BOOL,
            "FLOAT", ColumnType.FLOAT64,
            "DECIMAL", ColumnType.NUMERIC,
            "BIGDECIMAL", ColumnType.BIGNUMERIC);

    private final DdlTokens tokens;

    private SchemaFile(DdlTokens tokens) {
        this.tokens = tokens;
    }

    /** @throws DdlProblem with file and line */
    static TableDdl read(String file, String sql) {
        return new SchemaFile(new DdlTokens(file, sql)).table();
    }

    private TableDdl table() {
        tokens.require("CREATE", "TABLE", "IF", "NOT", "EXISTS", "${table}", "(");
        List<TableColumn> columns = columns(")");
        var ddl = new TableDdl(columns, partitioning(columns), clustering(columns));
        description();
        tokens.takeIf(";");
        tokens.requireEnd();
        return ddl;
    }

    private List<TableColumn> columns(String end) {
        List<TableColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        do {
            String name = tokens.takeName();
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw tokens.problem("column " + name + " is declared twice");
            }
            columns.add(column(name));
        } while (tokens.takeIf(","));
        tokens.require(end);
        return List.copyOf(columns);
    }

    private TableColumn column(String name) {
        boolean array = tokens.takeIf("ARRAY", "<");
        Type type = type();
        if (array) {
            tokens.require(">");
        }
        boolean required = tokens.takeIf("NOT", "NULL");
        if (array && required) {
            throw tokens.problem("column " + name + " is an ARRAY and cannot be NOT NULL");
        }
        ColumnMode mode = array ? ColumnMode.REPEATED : required ? ColumnMode.REQUIRED : ColumnMode.NULLABLE;
        return new TableColumn(name, type.type(), mode, type.fields(), type.limits(), description());
    }

    private record Type(ColumnType type, List<TableColumn> fields, TypeLimits limits) {}

    private Type type() {
        if (tokens.takeIf("STRUCT", "<")) {
            return new Type(ColumnType.STRUCT, columns(">"), TypeLimits.NONE);
        }
        ColumnType type = scalar(tokens.takeName().toUpperCase(Locale.ROOT));
        return new Type(type, List.of(), tokens.takeIf("(") ? limits(type) : TypeLimits.NONE);
    }

    private TypeLimits limits(ColumnType type) {
        TypeLimits limits = switch (type) {
            case STRING, BYTES -> TypeLimits.length(between(1, Long.MAX_VALUE));
            case NUMERIC -> decimal(29, 9);
            case BIGNUMERIC -> decimal(38, 38);
            case INT64, FLOAT64, BOOL, TIMESTAMP, DATE, DATETIME, TIME, JSON, STRUCT ->
                throw tokens.problem(type + " takes nothing in parentheses");
        };
        tokens.require(")");
        return limits;
    }

    /** @param integers digits before the point at most */
    private TypeLimits decimal(int integers, int mostScale) {
        long precision = between(1, (long) integers + mostScale);
        long scale = tokens.takeIf(",") ? between(0, Math.min(mostScale, precision)) : 0;
        if (precision - scale > integers) {
            throw tokens.problem("at most %d digits may stand before the point".formatted(integers));
        }
        return TypeLimits.decimal(precision, scale);
    }

    private long between(long least, long most) {
        long number = tokens.takeNumber();
        if (number < least || number > most) {
            throw tokens.problem("expected a number from %d to %d but found %d".formatted(least, most, number));
        }
        return number;
    }

    private ColumnType scalar(String name) {
        ColumnType alias = ALIASES.get(name);
        if (alias != null) {
            return alias;
        }
        for (ColumnType type : ColumnType.values()) {
            if (type != ColumnType.STRUCT && type.name().equals(name)) {
                return type;
            }
        }
        throw tokens.problem("unknown type " + name);
    }

    private @Nullable String description() {
        if (!tokens.takeIf("OPTIONS", "(")) {
            return null;
        }
        tokens.require("description", "=");
        String text = tokens.takeText();
        tokens.require(")");
        return text;
    }

    /** A column, or a function of one: {@code DATE(column)}, {@code TIMESTAMP_TRUNC(column, MONTH)}. */
    private @Nullable String partitioning(List<TableColumn> columns) {
        if (!tokens.takeIf("PARTITION", "BY")) {
            return null;
        }
        String first = tokens.takeName();
        if (!tokens.takeIf("(")) {
            return existing(first, columns);
        }
        String column = existing(tokens.takeName(), columns);
        String unit = tokens.takeIf(",") ? ", " + tokens.takeName() : "";
        tokens.require(")");
        return first + "(" + column + unit + ")";
    }

    private List<String> clustering(List<TableColumn> columns) {
        if (!tokens.takeIf("CLUSTER", "BY")) {
            return List.of();
        }
        List<String> clustering = new ArrayList<>();
        do {
            clustering.add(existing(tokens.takeName(), columns));
        } while (tokens.takeIf(","));
        if (clustering.size() > MOST_CLUSTER_COLUMNS) {
            throw tokens.problem("BigQuery clusters by %d columns at most".formatted(MOST_CLUSTER_COLUMNS));
        }
        return List.copyOf(clustering);
    }

    private String existing(String name, List<TableColumn> columns) {
        if (columns.stream().noneMatch(column -> column.name().equals(name))) {
            throw tokens.problem("no column " + name + " is declared above");
        }
        return name;
    }
}
