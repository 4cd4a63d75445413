package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads PARTITION BY and CLUSTER BY. */
final class LayoutReader {

    private static final Set<String> UNITS = Set.of("HOUR", "DAY", "MONTH", "YEAR");
    private static final Set<Type> CLUSTERED =
            Set.of(Type.STRING, Type.INT64, Type.NUMERIC, Type.BOOL, Type.DATE, Type.DATETIME, Type.TIMESTAMP);
    private static final int MOST_CLUSTERED = 4;

    private final Tokens tokens;

    LayoutReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** As written, to be checked when the columns are known. */
    Layout layout() {
        Layout.Partitioning partitioning = tokens.takeIf("PARTITION", "BY") ? partitioning() : null;
        List<String> clustering = tokens.takeIf("CLUSTER", "BY") ? tokens.commaSeparated(tokens::name) : List.of();
        return new Layout(partitioning, clustering);
    }

    private Layout.Partitioning partitioning() {
        Token first = tokens.peek();
        if (!tokens.peek(1).is("(")) {
            String column = tokens.name();
            return new Layout.Partitioning(column.equalsIgnoreCase("_PARTITIONDATE") ? null : column, "DAY", List.of());
        }
        String function = tokens.take().upper();
        tokens.require("(");
        String column = tokens.name();
        if (function.equals("RANGE_BUCKET")) {
            return new Layout.Partitioning(column, "RANGE", range());
        }
        String unit = tokens.takeIf(",") ? tokens.take().upper() : "DAY";
        tokens.require(")");
        boolean known = Set.of("DATE", "DATE_TRUNC", "TIMESTAMP_TRUNC", "DATETIME_TRUNC")
                        .contains(function)
                && UNITS.contains(unit)
                && !(function.startsWith("DATE") && !function.startsWith("DATETIME") && unit.equals("HOUR"));
        if (!known) {
            throw SqlRefused.unsupported("PARTITION BY %s … %s".formatted(function, unit), first);
        }
        boolean coming = column.equalsIgnoreCase("_PARTITIONTIME");
        return new Layout.Partitioning(coming ? null : column + " " + function, unit, List.of());
    }

    private List<Long> range() {
        tokens.require(",", "GENERATE_ARRAY", "(");
        List<Long> range = tokens.commaSeparated(this::integer);
        tokens.require(")", ")");
        if (range.size() == 2) {
            range.add(1L);
        }
        return range;
    }

    private long integer() {
        String sign = tokens.takeIf("-") ? "-" : "";
        Token number = tokens.take();
        if (number.kind() != Token.Kind.NUMBER || !number.text().matches("\\d{1,18}")) {
            throw SqlRefused.unsupported("a range of anything but integer literals", number);
        }
        return Long.parseLong(sign + number.text());
    }

    static Layout checked(Layout layout, List<Column> columns) {
        if (layout.clustering().size() > MOST_CLUSTERED) {
            throw new SqlRefused("invalidQuery", "A table can be clustered by at most 4 columns");
        }
        List<String> clustering = new ArrayList<>();
        for (String name : layout.clustering()) {
            Column column = existing(columns, name);
            if (!CLUSTERED.contains(column.type())) {
                throw new SqlRefused(
                        "invalidQuery", "CLUSTER BY expression %s has type %s".formatted(name, column.type()));
            }
            clustering.add(column.name());
        }
        Layout.Partitioning partitioning = layout.partitioning();
        return new Layout(partitioning == null ? null : checked(partitioning, columns), clustering);
    }

    private static Layout.Partitioning checked(Layout.Partitioning partitioning, List<Column> columns) {
        String written = partitioning.column();
        if (written == null) {
            return partitioning;
        }
        String[] words = written.split(" ", -1);
        Column column = existing(columns, words[0]);
        String function = words.length > 1 ? words[1] : partitioning.unit().equals("RANGE") ? "RANGE" : "";
        boolean fits = switch (function) {
            case "" -> column.type().equals(Type.DATE);
            case "RANGE" -> column.type().equals(Type.INT64);
            case "DATE" -> column.type().equals(Type.TIMESTAMP) || column.type().equals(Type.DATETIME);
            default -> function.equals(column.type() + "_TRUNC");
        };
        if (!fits) {
            throw new SqlRefused(
                    "invalidQuery",
                    "PARTITION BY expression must be DATE(<timestamp_column>), DATE(<datetime_column>), a DATE column,"
                            + " <type>_TRUNC(<column>, <unit>), or RANGE_BUCKET(<int64_column>, <range>)");
        }
        return new Layout.Partitioning(column.name(), partitioning.unit(), partitioning.range());
    }

    private static Column existing(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new SqlRefused("invalidQuery", "Unrecognized name: " + name));
    }
}
