package dev.sluice.bigquery.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of {@code CREATE TABLE IF NOT EXISTS ${table} (…)}. Strict: whatever our schema files do not use is
 * refused. What stands behind the columns (partitioning, clustering, options) is BigQuery's to read.
 */
final class SchemaFile {

    private static final Map<String, ColumnType> ALIASES =
            Map.of("INTEGER", ColumnType.INT64, "BOOLEAN", ColumnType.BOOL, "FLOAT", ColumnType.FLOAT64);

    private final DdlTokens tokens;

    private SchemaFile(DdlTokens tokens) {
        this.tokens = tokens;
    }

    /** @throws DdlProblem with file and line */
    static List<TableColumn> columns(String file, String sql) {
        return new SchemaFile(new DdlTokens(file, sql)).table();
    }

    private List<TableColumn> table() {
        tokens.require("CREATE", "TABLE", "IF", "NOT", "EXISTS", "${table}", "(");
        List<TableColumn> columns = new ArrayList<>();
        do {
            columns.add(column());
        } while (tokens.takeIf(","));
        tokens.require(")");
        long names = columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (names != columns.size()) {
            throw tokens.problem("two columns have the same name");
        }
        return columns;
    }

    private TableColumn column() {
        String name = tokens.take().replace("`", "");
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
        return new TableColumn(name, type.type(), mode, type.fields(), description());
    }

    private record Type(ColumnType type, List<TableColumn> fields) {}

    private Type type() {
        String name = tokens.take().toUpperCase(Locale.ROOT);
        if (!name.equals("STRUCT")) {
            return new Type(scalar(name), List.of());
        }
        tokens.require("<");
        List<TableColumn> fields = new ArrayList<>();
        do {
            fields.add(column());
        } while (tokens.takeIf(","));
        tokens.require(">");
        return new Type(ColumnType.STRUCT, fields);
    }

    private ColumnType scalar(String name) {
        ColumnType alias = ALIASES.get(name);
        if (alias != null) {
            return alias;
        }
        try {
            return ColumnType.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw tokens.problem("unknown type " + name);
        }
    }

    private @Nullable String description() {
        if (!tokens.takeIf("OPTIONS", "(", "description", "=")) {
            return null;
        }
        String text = tokens.take();
        tokens.require(")");
        return text.substring(1, text.length() - 1);
    }
}
